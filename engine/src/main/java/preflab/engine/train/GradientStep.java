package preflab.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import preflab.engine.batch.Batch;
import preflab.engine.batch.GroupSizes;
import preflab.engine.batch.Item;
import preflab.engine.eval.BatchScorer;
import preflab.engine.eval.LossReading;
import preflab.engine.eval.ScoresAssembly;
import preflab.engine.eval.TokenOutputs;
import preflab.engine.metric.MetricAverages;
import preflab.engine.objective.LossTerms;
import preflab.engine.objective.Objective;
import preflab.engine.objective.Scores;
import preflab.engine.objective.State;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Kernels;

/**
 * The gradient of an objective over the examples of one optimizer step, in micro-batches. The policy's outputs at the
 * active tokens are cut off as leaves; the objective is differentiated down to them, and the gradient found there is
 * sent back through the model in one pass. Group sizes count the whole step, so the micro-batches' losses and gradients
 * add up to those of the whole.
 *
 * @param <S>
 *            the shape of data of the objective
 */
final class GradientStep<S extends Scores> {

    private final Class<S> shape;
    private final Objective<S> objective;
    private final BatchScorer scorer;
    private final int microBatchSize;
    private State state = State.EMPTY;

    GradientStep(Class<S> shape, Objective<S> objective, BatchScorer scorer, int microBatchSize) {
        this.shape = shape;
        this.objective = objective;
        this.scorer = scorer;
        this.microBatchSize = microBatchSize;
    }

    /** The objective's running quantities. */
    State state() {
        return state;
    }

    /**
     * Adds the loss's gradient to the parameters' gradients.
     *
     * @throws Divergence
     *             if the loss is not finite; the message names rows and tensor
     */
    StepResult accumulate(List<Item> items) {
        GroupSizes sizes = GroupSizes.of(items);
        MetricAverages averages = new MetricAverages();
        long tokens = 0;
        State next = state;
        for (Batch batch : microBatches(items)) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                LossReading reading = differentiate(batch, sizes);
                reading.addTo(averages);
                next = reading.next();
                tokens += batch.tokens();
            }
        }
        state = next;
        return new StepResult(averages.values(), tokens);
    }

    /** Examples of like length share a micro-batch, the longest first: less padding, and memory peaks at once. */
    private List<Batch> microBatches(List<Item> items) {
        List<Item> byLength = new ArrayList<>(items);
        byLength.sort(Comparator.comparingInt(Item::longest).reversed()); // stable
        List<Batch> batches = new ArrayList<>();
        for (int start = 0; start < byLength.size(); start += microBatchSize) {
            batches.add(Batch.of(byLength.subList(start, Math.min(start + microBatchSize, byLength.size()))));
        }
        return batches;
    }

    private LossReading differentiate(Batch batch, GroupSizes sizes) {
        return Autograd.recording(() -> {
            TokenOutputs outputs = scorer.score(batch);
            TokenOutputs leaves = outputs.leaves();
            S scores = new ScoresAssembly(batch.sequences(), sizes, leaves).as(shape);
            LossTerms terms = objective.loss(scores, state);
            Autograd.backward(terms.loss().add(graphOnly(leaves)));
            Autograd.backward(Kernels.concat(outputs.ofPolicy()), gradients(leaves));
            LossReading reading = LossReading.of(terms);
            if (!Double.isFinite(reading.loss())) {
                throw new Divergence(NonFinite.explain(reading.loss(), batch, leaves));
            }
            return reading;
        });
    }

    /** A zero that depends on every leaf, so that a loss that ignores one (or all) can still be differentiated. */
    private static NDArray graphOnly(TokenOutputs leaves) {
        NDArray all = Kernels.concat(leaves.ofPolicy());
        NDArray never = all.isNaN().logicalXor(all.isNaN());
        return Kernels.select(never, all, all.zerosLike()).sum();
    }

    private static NDArray gradients(TokenOutputs leaves) {
        NDList gradients = new NDList();
        leaves.ofPolicy().forEach(leaf -> gradients.add(leaf.getGradient()));
        return Kernels.concat(gradients);
    }
}
