package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;

/**
 * Solutions scored by a process reward model: {@code steps} and {@code rating_probs}, one {@code {"-1", "0", "1"}} of
 * probabilities each. Q = 2 (P(1) + P(0)) − 1: the model's own score of a solution is the product of P(1) + P(0).
 * Labels stay unmarked, since a probability is no verdict. {@code is_correct} judges the answer. Steps are lines.
 */
record ScoredStepsImporter() implements RowImporter {

    private static final Field STEPS = Field.named("steps", Set.of(Shape.TEXTS), "steps");
    private static final Field RATINGS = Field.named("rating_probs", Set.of(Shape.LIST), "rating_probs");
    private static final Field CORRECT = Field.named("answer_correct", Set.of(Shape.BOOLEAN), "is_correct");

    @Override
    public String id() {
        return "stepwise-rating-probabilities";
    }

    @Override
    public Kind kind() {
        return Kind.STEPWISE;
    }

    @Override
    public String summary() {
        return "problem, steps (list of texts), rating_probs (list of {\"-1\", \"0\", \"1\"})";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.PROMPT, STEPS, RATINGS, CORRECT);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(
                layout.has(Field.PROMPT) && layout.has(STEPS)
                        && layout.anyCell(RATINGS, cell -> cell.path(0).has("-1") && cell.path(0).has("1")),
                "steps with rating probabilities of a reward model; Q = 2 (P(1) + P(0)) - 1");
    }

    @Override
    public Stepwise read(Row row) {
        Content prompt = Prompts.of(row);
        List<String> texts = StepTexts.list(row.requiredList(STEPS), row.column(STEPS));
        JsonNode ratings = row.requiredList(RATINGS);
        if (ratings.size() != texts.size()) {
            throw new BadRow(row.column(RATINGS), "has " + ratings.size() + " entries for " + texts.size() + " steps");
        }
        List<Step> steps = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            steps.add(new Step(StepTexts.placed(texts.get(i), i, texts.size(), StepTexts.LINE), StepLabel.UNMARKED,
                    OptionalDouble.of(q(ratings.get(i), row.column(RATINGS)))));
        }
        Optional<Boolean> correct = Optional.ofNullable(row.optional(CORRECT))
                .map(cell -> Labels.accepted(cell, row.column(CORRECT)));
        return new Stepwise(row.id(), prompt, steps, correct, row.sourceWith(RATINGS));
    }

    private static double q(JsonNode rating, String column) {
        double right = rating.path("1").asDouble(Double.NaN) + rating.path("0").asDouble(Double.NaN);
        double sum = right + rating.path("-1").asDouble(Double.NaN);
        boolean probabilities = right >= 0 && right <= 1.001 && Math.abs(sum - 1) < 0.001;
        if (!probabilities) {
            throw new BadRow(column, "holds ratings whose probabilities do not add up to 1");
        }
        return Math.min(1, 2 * right - 1);
    }
}
