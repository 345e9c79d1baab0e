package preflab.projects.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlabelled;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;
import preflab.datasets.store.WholeFile;
import preflab.projects.store.ProjectException;

/** A dataset version as JSON Lines under the field's usual column names; importing it again gives the same rows. */
public final class DatasetExport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DatasetExport() {
    }

    /** Writes all rows (aside, then renamed). */
    public static void jsonl(ExampleView rows, Path file) {
        try {
            WholeFile.writeText(file, out -> {
                for (int i = 0; i < rows.size(); i++) {
                    out.write(line(rows.get(i)));
                    out.write('\n');
                }
            });
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** One row as a JSON object. */
    static String line(PreferenceExample example) throws JsonProcessingException {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("prompt", content(example.prompt()));
        switch (example) {
            case Paired e -> put(row, "chosen", content(e.chosen()), "rejected", content(e.rejected()));
            case Unpaired e -> put(row, "completion", content(e.completion()), "label", e.accepted());
            case Ranked e -> put(row, "completions",
                    e.candidates().stream().map(candidate -> content(candidate.completion())).toList(), "scores",
                    e.candidates().stream().map(Ranked.Candidate::score).toList());
            case Stepwise e -> stepwise(row, e);
            case Unlabelled e -> row.put("completions", e.completions().stream().map(DatasetExport::content).toList());
            case Unlearning e -> put(row, "completion", content(e.completion()), "forget", e.forget());
            case Demonstration e -> row.put("completion", content(e.completion()));
            case PromptOnly e -> {
                // the prompt is all there is
            }
        }
        for (Map.Entry<String, String> side : example.source().side().entrySet()) {
            row.putIfAbsent(side.getKey(), JSON.readTree(side.getValue()));
        }
        return JSON.writeValueAsString(row);
    }

    private static void stepwise(Map<String, Object> row, Stepwise e) {
        boolean marked = e.steps().stream().anyMatch(step -> step.label() != StepLabel.UNMARKED);
        boolean valued = e.steps().stream().anyMatch(step -> step.q().isPresent());
        row.put("completions", e.steps().stream().map(Step::text).toList());
        if (marked || !valued) {
            row.put("labels", labels(e.steps()));
        }
        if (valued) {
            List<Double> q = new ArrayList<>(); // with nulls
            e.steps().forEach(step -> q.add(step.q().isPresent() ? step.q().getAsDouble() : null));
            row.put("q", q);
        }
        e.answerCorrect().ifPresent(correct -> row.put("answer_correct", correct));
    }

    /** Words, because a 0 means bad in some files and neutral in others; null is unmarked. */
    private static List<String> labels(List<Step> steps) {
        List<String> labels = new ArrayList<>();
        for (Step step : steps) {
            labels.add(switch (step.label()) {
                case GOOD -> "good";
                case NEUTRAL -> "neutral";
                case BAD -> "bad";
                case UNMARKED -> null;
            });
        }
        return labels;
    }

    private static Object content(Content content) {
        return switch (content) {
            case Content.Plain plain -> plain.text();
            case Content.Chat chat -> chat.messages().stream().map(DatasetExport::message).toList();
        };
    }

    private static Map<String, Object> message(Message message) {
        Map<String, Object> turn = new LinkedHashMap<>();
        turn.put("role", message.role());
        turn.put("content", message.content());
        return turn;
    }

    private static void put(Map<String, Object> row, String first, Object one, String second, Object other) {
        row.put(first, one);
        row.put(second, other);
    }
}
