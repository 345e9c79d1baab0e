package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;

/**
 * Step-DPO: one good and one bad next step after the same right steps. The prompt is {@code prompt} followed by
 * {@code initial_reason_steps}, on a new line unless one of them brings white space of its own. Rejected: what no pair
 * may be.
 */
record StepDpoImporter() implements RowImporter {

    private static final Field FIRST_STEPS = Field.named("initial_reason_steps", Set.of(Shape.TEXT),
            "initial_reason_steps");

    @Override
    public String id() {
        return "paired-steps";
    }

    @Override
    public Kind kind() {
        return Kind.PAIRED;
    }

    @Override
    public String summary() {
        return "prompt, initial_reason_steps, chosen, rejected (Step-DPO)";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.PROMPT, FIRST_STEPS, Field.CHOSEN, Field.REJECTED);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(
                layout.has(Field.PROMPT) && layout.has(FIRST_STEPS) && layout.has(Field.CHOSEN)
                        && layout.has(Field.REJECTED),
                "a good and a bad next step after the same steps (Step-DPO), which are taken into the prompt");
    }

    @Override
    public Paired read(Row row) {
        Content prompt = Prompts.of(row);
        JsonNode first = row.optional(FIRST_STEPS);
        String steps = first == null ? "" : Contents.text(first.asText(), row.column(FIRST_STEPS));
        if (!(prompt instanceof Content.Plain(String question))) {
            throw new BadRow(row.column(Field.PROMPT),
                    "is a conversation; the first steps can follow a plain text only");
        }
        return Pairs.of(row, Content.of(joined(question, steps)), Side.of(row, Field.CHOSEN),
                Side.of(row, Field.REJECTED));
    }

    private static String joined(String question, String steps) {
        boolean apart = steps.isEmpty() || Character.isWhitespace(steps.charAt(0))
                || Character.isWhitespace(question.charAt(question.length() - 1));
        return apart ? question + steps : question + "\n" + steps;
    }
}
