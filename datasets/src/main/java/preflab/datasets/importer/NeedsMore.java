package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Files whose shape is known and which still cannot be read without asking: taking them for what their columns look
 * like would drop what they are about. They are named, with what would be needed. A kind or a mapping given by hand
 * overrides this.
 */
final class NeedsMore {

    private record Known(Predicate<JsonNode> row, String reason) {
    }

    private static final List<Known> ALL = List.of(
            new Known(row -> row.has("response") && row.has("helpfulness") && row.has("correctness"),
                    "rated single answers (HelpSteer2): ratings are no verdicts. Needed: a threshold that makes"
                            + " answers good or bad (the kind unpaired, and a rating with the least good one as its"
                            + " label: helpfulness>=3), or the comparisons of the same data set"
                            + " (preference_strength); with the kind sft given by hand they are read as"
                            + " demonstrations, ratings kept beside them"),
            new Known(row -> row.valueStream().findFirst().map(NeedsMore::isRegistryEntry).orElse(false),
                    "a registry of data sets and their columns (dataset_info.json), not the data: choose one of the"
                            + " files it names"),
            new Known(NeedsMore::isToolLog,
                    "a log of tool calls (which tool was called with what), not of prompts and answers: it holds"
                            + " nothing to prefer. Conversations that call tools (messages, conversations) are read"
                            + " as demonstrations"));

    /** Columns that make a row more than a log. */
    private static final List<String> WORDS = List.of("messages", "conversations", "prompt", "question", "instruction",
            "chosen", "completion", "response");

    private NeedsMore() {
    }

    /** Why a file with this first row is not read by itself; empty for other files. */
    static Optional<String> reason(Head head) {
        return head.samples().stream().findFirst().flatMap(
                first -> ALL.stream().filter(known -> known.row().test(first.node())).map(Known::reason).findFirst());
    }

    private static boolean isRegistryEntry(JsonNode entry) {
        return entry.isObject() && (entry.has("file_name") || entry.has("hf_hub_url"));
    }

    private static boolean isToolLog(JsonNode row) {
        boolean calls = row.has("tool_calls") || row.has("tool_call") || row.has("function_call")
                || row.has("tool_name") || row.has("tool_input") || (row.has("name") && row.has("arguments"));
        return calls && WORDS.stream().noneMatch(row::has);
    }
}
