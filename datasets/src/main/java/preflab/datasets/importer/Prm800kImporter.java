package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;

/**
 * PRM800K: {@code label.steps}, each with candidates rated 1 (good), 0 (neutral), −1 (bad) or null (unmarked). The
 * answer is the path people chose: {@code chosen_completion}, else {@code human_completion}. Where a step has neither,
 * the path ends: with the step of the solution under judgement ({@code question.pre_generated_steps}) where that is
 * among the candidates, since it is the error that was found, and before this step otherwise. Steps are lines.
 * <p>
 * Whether the final answer is right is not said: {@code finish_reason} judges the labelling, not the answer. All
 * candidates stay in the side columns. Rejected: problems called bad, rows without one step.
 */
record Prm800kImporter() implements RowImporter {

    private static final Field QUESTION = Field.named("question", Set.of(Shape.OBJECT), "question");
    private static final Field RATED = Field.named("rated_steps", Set.of(Shape.OBJECT), "label");

    @Override
    public String id() {
        return "stepwise-prm800k";
    }

    @Override
    public Kind kind() {
        return Kind.STEPWISE;
    }

    @Override
    public String summary() {
        return "question{problem}, label{steps[{completions[{text, rating}], chosen_completion}]} (PRM800K)";
    }

    @Override
    public List<Field> fields() {
        return List.of(QUESTION, RATED);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(
                layout.anyCell(RATED, cell -> cell.path("steps").path(0).has("completions"))
                        && layout.anyCell(QUESTION, cell -> cell.path("problem").isTextual()),
                "steps with rated candidates (PRM800K); the path is the chosen or the human completion, ratings are"
                        + " 1 good, 0 neutral, -1 bad, null unmarked");
    }

    @Override
    public Stepwise read(Row row) {
        JsonNode label = row.required(RATED);
        if (label.path("finish_reason").asText().equals("bad_problem")) {
            throw new BadRow(row.column(RATED),
                    "says bad_problem: whoever labelled it called the problem itself wrong");
        }
        Content problem = Contents.of(row.required(QUESTION).path("problem"), Contents.USER, row.column(QUESTION));
        Contents.refuseBlank(problem.text(), row.column(QUESTION));
        List<JsonNode> path = RatedPath.of(label.path("steps"), row.required(QUESTION).path("pre_generated_steps"));
        if (path.isEmpty()) {
            throw new BadRow(row.column(RATED), "has no step that was chosen or written by a person");
        }
        List<Step> steps = new ArrayList<>(path.size());
        for (int i = 0; i < path.size(); i++) {
            String text = StepTexts.of(path.get(i).path("text"), row.column(RATED));
            steps.add(Step.labelled(StepTexts.placed(text, i, path.size(), StepTexts.LINE),
                    rating(path.get(i).path("rating"), row.column(RATED))));
        }
        return new Stepwise(row.id(), problem, steps, Optional.empty(), row.sourceWith(RATED, QUESTION));
    }

    private static StepLabel rating(JsonNode rating, String column) {
        return rating.isMissingNode() ? StepLabel.UNMARKED : Labels.step(rating, false, column);
    }
}
