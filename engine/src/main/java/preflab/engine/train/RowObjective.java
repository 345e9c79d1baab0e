package preflab.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.engine.batch.Batch;
import preflab.engine.batch.GroupSizes;
import preflab.engine.batch.Item;
import preflab.engine.batch.Mismatch;
import preflab.engine.batch.Sequence;
import preflab.engine.batch.Truncation;
import preflab.engine.eval.BatchScorer;
import preflab.engine.eval.TokenOutputs;
import preflab.engine.objective.Needs;
import preflab.engine.objective.Role;
import preflab.engine.objective.Scores;
import preflab.engine.objective.State;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Scopes;

/**
 * An objective's gradient at the tokens of given rows. Nothing is sent back through the model: the leaves are all that is
 * differentiated. A row is an example of its own, unless the objective couples the examples of a batch.
 *
 * @param <S>
 *            the shape of data of the objective
 */
final class RowObjective<S extends Scores> {

    private final RunPlan<S> plan;
    private final BatchScorer scorer;
    private final RunModels models;
    private final Truncation truncation;
    private final ReferenceSampling sampling;
    private final State state;

    RowObjective(RunPlan<S> plan, RunModels models, ReferenceSampling sampling, Truncation truncation, State state) {
        this.plan = plan;
        this.models = models;
        this.scorer = models.scorer(plan.needs());
        this.truncation = truncation;
        this.sampling = sampling;
        this.state = state;
    }

    /** Why rows of this kind have no gradient under the objective, as a sentence; empty if they have. */
    Optional<String> obstacle(Kind kind) {
        if (plan.type().scores() == Scores.StepPairs.class) {
            return Optional.of(plan.type().name() + " makes an example of two rows: a row alone has no gradient");
        }
        return plan.reads(kind)
                ? Optional.empty()
                : Optional.of(plan.type().name() + " cannot read " + kind.id() + " rows");
    }

    /** How many rows are read as one batch, so that a loss that couples its examples has what to couple. */
    int together() {
        boolean coupled = plan.needs().coupling() == Needs.Coupling.BATCH || plan.needs().mismatched();
        return coupled
                ? Math.max(Mismatch.FEWEST_ROWS, plan.settings().get(TrainSettings.BATCH_SIZE))
                : 1;
    }

    /**
     * One sequence of a batch, as the objective sees it; every array is [active tokens].
     *
     * @param row
     *            that it came from
     */
    record Part(int row, Sequence sequence, Values values) {
    }

    /** Numbers of the active tokens of one sequence; NaN where there is none of a sort. */
    static final class Values {
        final float[] logProbs;
        final float[] references;
        final float[] gradients;
        final float[] valueLogits;

        private Values(float[] logProbs, float[] references, float[] gradients, float[] valueLogits) {
            this.logProbs = logProbs;
            this.references = references;
            this.gradients = gradients;
            this.valueLogits = valueLogits;
        }
    }

    /** The rows' own sequences; rows that say nothing to the objective have none. */
    List<Part> parts(ExampleView all, List<? extends PreferenceExample> rows) {
        ExampleView view = ExampleView.of(all.version(), all.kind(), rows);
        List<Item> own = sampling.added(
                plan.examples(view, rows.size(), models.tokenizer(), truncation).items());
        List<Item> drawn = CandidateSelection.withUniforms(own, plan.settings().get(TrainSettings.SEED),
                CandidateSelection.EVALUATION);
        List<Item> items = plan.needs().mismatched() ? Mismatch.added(drawn, truncation.maxLength()) : drawn;
        return items.isEmpty() ? List.of() : Scopes.within(() -> differentiated(items));
    }

    private List<Part> differentiated(List<Item> items) {
        List<Batch> batches = items.stream().map(item -> Batch.of(List.of(item))).toList();
        List<Sequence> sequences = batches.stream().flatMap(batch -> batch.sequences().stream()).toList();
        TokenOutputs leaves = scorer.scoreWithoutGraph(batches).leaves();
        Autograd.recording(() -> GradientStep.differentiate(plan.type().scores(), plan.objective(), state, sequences,
                GroupSizes.of(items), leaves));
        float[] logProbs = floats(leaves.logProbs());
        float[] gradients = floats(leaves.logProbs().getGradient());
        Optional<float[]> references = Optional.ofNullable(leaves.references().get(Role.REFERENCE))
                .map(RowObjective::floats);
        Optional<float[]> values = leaves.valueLogits().map(RowObjective::floats);
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (Batch batch : batches) {
            for (Sequence sequence : batch.sequences()) {
                int from = at;
                int count = sequence.activeTokens();
                float[] own = slice(Optional.of(gradients), from, count);
                for (int i = 0; i < count; i++) {
                    own[i] *= items.size(); // a loss is a mean over examples: this is the example's own
                }
                parts.add(new Part(sequence.row(), sequence, new Values(slice(Optional.of(logProbs), from, count),
                        slice(references, from, count), own, slice(values, from, count))));
                at += count;
            }
        }
        return parts;
    }

    private static float[] floats(NDArray array) {
        return array.toType(DataType.FLOAT32, false).toFloatArray();
    }

    private static float[] slice(Optional<float[]> all, int from, int count) {
        float[] part = new float[count];
        for (int i = 0; i < count; i++) {
            part[i] = all.isPresent() ? all.get()[from + i] : Float.NaN;
        }
        return part;
    }
}
