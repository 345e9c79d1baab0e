package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;

/**
 * Pairwise export of Label Studio: {@code data{prompt, answer1, answer2}} and annotations that select left (answer1) or
 * right (answer2). Cancelled annotations do not count; of several, the majority decides. All annotations stay in the
 * side columns. Rejected: tasks that nobody judged, and tasks judged both ways equally often.
 */
record LabelStudioImporter() implements RowImporter {

    private static final Field DATA = Field.named("data", Set.of(Shape.OBJECT), "data");
    private static final Field ANNOTATIONS = Field.named("annotations", Set.of(Shape.LIST), "annotations");

    @Override
    public String id() {
        return "paired-label-studio";
    }

    @Override
    public Kind kind() {
        return Kind.PAIRED;
    }

    @Override
    public String summary() {
        return "data{prompt, answer1, answer2}, annotations[{result[{value{selected}}]}] (Label Studio)";
    }

    @Override
    public List<Field> fields() {
        return List.of(DATA, ANNOTATIONS);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(
                layout.has(ANNOTATIONS)
                        && layout.anyCell(DATA, cell -> cell.has("answer1") && cell.has("answer2")),
                "an annotation export (Label Studio); left is answer1, right is answer2, the majority decides");
    }

    @Override
    public Paired read(Row row) {
        JsonNode data = row.required(DATA);
        Content prompt = Contents.of(data.path("prompt"), Contents.USER, "data.prompt");
        Contents.refuseBlank(prompt.text(), "data.prompt");
        Side left = new Side("data.answer1", Contents.answer(data.path("answer1"), "data.answer1"));
        Side right = new Side("data.answer2", Contents.answer(data.path("answer2"), "data.answer2"));
        boolean leftWins = leftWins(row);
        Paired pair = Pairs.of(row, prompt, leftWins ? left : right, leftWins ? right : left);
        return new Paired(pair.id(), pair.prompt(), pair.chosen(), pair.rejected(), row.sourceWith(ANNOTATIONS));
    }

    private static boolean leftWins(Row row) {
        int left = 0;
        int right = 0;
        for (JsonNode annotation : row.required(ANNOTATIONS)) {
            for (JsonNode result : annotation.path("result")) {
                boolean counts = !annotation.path("was_cancelled").asBoolean();
                String selected = result.path("value").path("selected").asText();
                left += counts && selected.equals("left") ? 1 : 0;
                right += counts && selected.equals("right") ? 1 : 0;
            }
        }
        if (left == right) {
            throw new BadRow(row.column(ANNOTATIONS), left == 0
                    ? "select neither left nor right (cancelled ones do not count): nobody judged this task"
                    : "select left and right " + left + " times each: no majority");
        }
        return left > right;
    }
}
