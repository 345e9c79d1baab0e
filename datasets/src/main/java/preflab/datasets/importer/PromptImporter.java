package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Kind;
import preflab.datasets.example.PromptOnly;

/**
 * Prompts alone. Taken for such by itself only where no other column looks like an answer or a verdict: those rows are
 * of a format this program does not know, and their answers must not be dropped in silence.
 */
record PromptImporter() implements RowImporter {

    private static final Pattern ANSWER = Pattern.compile("(?i)(answer|response|completion|output|chosen|rejected|"
            + "prefer|step|reasoning|label|solution|process|human_ref|generation|winner|annotation).*");

    @Override
    public String id() {
        return "prompts";
    }

    @Override
    public Kind kind() {
        return Kind.PROMPTS;
    }

    @Override
    public String summary() {
        return "prompt";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.PROMPT, Field.INPUT, Field.SYSTEM, Field.HISTORY);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        boolean answers = layout.head().columns().stream().anyMatch(name -> ANSWER.matcher(name).matches());
        return Importer.when(layout.has(Field.PROMPT) && !answers && !answersInside(layout.head()),
                "prompts without answers");
    }

    /** Whether an object in the first row holds an answer, as with one column per model. */
    private static boolean answersInside(Head head) {
        for (JsonNode cell : head.samples().isEmpty() ? List.<JsonNode>of() : head.samples().getFirst().node()) {
            if (cell.has("solution") || cell.has("response") || cell.has("completion")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public PromptOnly read(Row row) {
        return new PromptOnly(row.id(), Prompts.of(row), row.source());
    }
}
