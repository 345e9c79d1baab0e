package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Step;
import preflab.datasets.example.Stepwise;

/**
 * AlphaMath training rows: {@code response} is one message whose content is a JSON text, a list of {@code {step, Q}}
 * with Q in [−1, 1]. The last Q is the reward: 1 means a right answer, −1 a wrong one, anything else says nothing about
 * the answer. Texts of steps stay as they are. Rejected: values outside [−1, 1], contents that are no such list.
 */
record AlphaMathImporter() implements RowImporter {

    private static final Field RESPONSE = Field.named("valued_response", Set.of(Shape.MESSAGES, Shape.MESSAGE),
            "response");

    @Override
    public String id() {
        return "stepwise-q-values";
    }

    @Override
    public Kind kind() {
        return Kind.STEPWISE;
    }

    @Override
    public String summary() {
        return "prompt, response (a message holding a JSON list of {step, Q}; AlphaMath)";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.PROMPT, RESPONSE);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(layout.has(Field.PROMPT) && layout.anyCell(RESPONSE, AlphaMathImporter::holdsSteps),
                "steps with Q values inside a message (AlphaMath)");
    }

    @Override
    public Stepwise read(Row row) {
        String column = row.column(RESPONSE);
        Content prompt = Prompts.of(row);
        JsonNode list = Json.list(text(row.required(RESPONSE)), column);
        List<Step> steps = new ArrayList<>(list.size());
        for (JsonNode entry : list) {
            steps.add(Step.valued(StepTexts.of(entry.path("step"), column), q(entry.path("Q"), column)));
        }
        if (steps.isEmpty()) {
            throw new BadRow(column, "holds no step");
        }
        double reward = steps.getLast().q().orElseThrow();
        return new Stepwise(row.id(), prompt, steps,
                Math.abs(reward) == 1 ? Optional.of(reward > 0) : Optional.empty(), row.source());
    }

    private static boolean holdsSteps(JsonNode cell) {
        String text = text(cell);
        return text.stripLeading().startsWith("[") && text.contains("\"Q\"") && text.contains("\"step\"");
    }

    private static String text(JsonNode cell) {
        return (cell.isArray() ? cell.path(0) : cell).path("content").asText();
    }

    private static double q(JsonNode value, String column) {
        double q = value.asDouble(Double.NaN); // numbers are met as texts too
        if (!(q >= -1 && q <= 1)) {
            throw new BadRow(column, "holds " + Clip.value(value) + " as Q; a number in [-1, 1] is needed");
        }
        return q;
    }
}
