package preflab.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import preflab.engine.batch.Batch;
import preflab.engine.batch.GroupSizes;
import preflab.engine.batch.Item;
import preflab.engine.batch.Mismatch;
import preflab.engine.batch.Sequence;
import preflab.engine.eval.BatchScorer;
import preflab.engine.eval.Forward;
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
import preflab.engine.tensor.Scopes;

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
    private final boolean coupled;
    private int microBatchSize;
    private State state = State.EMPTY;

    /**
     * For one objective.
     *
     * @param coupled
     *            whether the loss couples the examples of a whole step, see {@code Needs.Coupling.BATCH}
     */
    GradientStep(Class<S> shape, Objective<S> objective, BatchScorer scorer, boolean coupled,
            int microBatchSize) {
        this.shape = shape;
        this.objective = objective;
        this.scorer = scorer;
        this.coupled = coupled;
        this.microBatchSize = microBatchSize;
    }

    /** The objective's running quantities. */
    State state() {
        return state;
    }

    /** Takes the running quantities of a run that goes on. */
    void restore(State running) {
        state = running;
    }

    /** Examples that are computed at once. */
    int microBatchSize() {
        return microBatchSize;
    }

    /** From now on computes half as many examples at once; false if it is one already. */
    boolean halve() {
        boolean can = microBatchSize > 1;
        microBatchSize = Math.max(1, microBatchSize / 2);
        return can;
    }

    /**
     * Goes through the model and back with the longest micro-batch there can be, adding zeros to the gradients: what
     * runs out of memory does so before the first step.
     */
    void rehearse(List<Item> items) {
        List<Batch> batches = microBatches(Mismatch.only(items, false));
        Scopes.within(() -> Autograd.recording(() -> {
            Forward forward = scorer.rehearsal(batches.getFirst());
            NDList zeros = new NDList();
            forward.outputs().ofPolicy().forEach(output -> zeros.add(output.zerosLike()));
            forward.backward(zeros);
            return zeros.size();
        }));
    }

    /**
     * Adds the loss's gradient to the parameters' gradients.
     *
     * @throws Divergence
     *             if the loss is not finite; the message names rows and tensor
     */
    StepResult accumulate(List<Item> items) {
        GroupSizes sizes = GroupSizes.of(items);
        List<Batch> batches = microBatches(Mismatch.only(items, false));
        List<Batch> constants = microBatches(Mismatch.only(items, true)); // z₀ has no gradient
        Readings readings = new Readings(new MetricAverages(), new Pull());
        if (coupled && batches.size() > 1) {
            state = Scopes.within(() -> together(batches, constants, sizes, readings));
        } else {
            State next = state;
            for (Batch batch : batches) {
                next = Scopes.within(() -> alone(batch, constants, sizes, readings));
            }
            state = next;
        }
        return new StepResult(readings.values(),
                Stream.concat(batches.stream(), constants.stream()).mapToLong(Batch::tokens).sum());
    }

    /**
     * How large each term's gradient is beside the others'. Parameters' gradients must be zero, and are so afterwards.
     *
     * @param items
     *            some rows of a step
     * @return ‖∇_θ term‖₂ ÷ Σ‖∇_θ term‖₂ by the term's name; empty for a loss of one term or without any gradient
     */
    Map<String, Double> termShares(List<Item> items, NDList parameters) {
        List<Batch> batches = microBatches(Mismatch.only(items, false));
        List<Batch> all = new ArrayList<>(batches);
        all.addAll(microBatches(Mismatch.only(items, true)));
        Map<String, Double> norms = new LinkedHashMap<>();
        Scopes.within(() -> {
            TokenOutputs outputs = scorer.scoreWithoutGraph(all);
            List<Sequence> sequences = sequences(batches, all.subList(batches.size(), all.size()));
            GroupSizes sizes = GroupSizes.of(items);
            for (String term : terms(sequences, sizes, outputs)) {
                TokenOutputs leaves = outputs.leaves();
                Autograd.recording(() -> differentiate(sequences, sizes, leaves, term));
                sendBack(batches, gradients(leaves));
                norms.put(term, takenNorm(parameters));
            }
            return norms;
        });
        double sum = norms.values().stream().mapToDouble(Double::doubleValue).sum();
        norms.replaceAll((name, norm) -> norm / sum);
        return sum > 0 && Double.isFinite(sum) ? norms : Map.of();
    }

    /** The names of a loss's terms; none where there is one only. */
    private List<String> terms(List<Sequence> sequences, GroupSizes sizes, TokenOutputs outputs) {
        Map<String, NDArray> terms = Autograd.without(
                () -> objective.loss(new ScoresAssembly(sequences, sizes, outputs).as(shape), state).terms());
        return terms.size() > 1 ? List.copyOf(terms.keySet()) : List.of();
    }

    /** Leaves one term's gradient on the leaves. */
    private NDArray differentiate(List<Sequence> sequences, GroupSizes sizes, TokenOutputs leaves, String term) {
        NDArray loss = objective.loss(new ScoresAssembly(sequences, sizes, leaves).as(shape), state).terms().get(term);
        Autograd.backward(loss.add(graphOnly(leaves)));
        return loss;
    }

    /** The L2 norm of the parameters' gradients, which are cleared. */
    private static double takenNorm(NDList parameters) {
        return Autograd.without(() -> {
            NDList gradients = new NDList();
            parameters.forEach(parameter -> gradients.add(parameter.getGradient()));
            double norm = Kernels.gradientNorm(gradients).toType(DataType.FLOAT64, false).getDouble();
            parameters.forEach(Autograd::zeroGradient);
            return norm;
        });
    }

    /** What a step's micro-batches add to. */
    private record Readings(MetricAverages averages, Pull pull) {
        Map<String, Double> values() {
            Map<String, Double> values = averages.values();
            values.putAll(pull.metrics());
            return values;
        }
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

    /** One micro-batch: forward, down to the leaves, and back through the model; constants are scored beside it. */
    private State alone(Batch batch, List<Batch> constants, GroupSizes sizes, Readings readings) {
        return Autograd.recording(() -> {
            Forward forward = scorer.forward(batch);
            TokenOutputs leaves = leaves(forward, constants);
            List<Sequence> sequences = sequences(List.of(batch), constants);
            LossTerms terms = differentiate(sequences, sizes, leaves);
            forward.backward(slice(gradients(leaves), 0, batch));
            return read(terms, sequences, leaves, readings);
        });
    }

    private TokenOutputs leaves(Forward forward, List<Batch> constants) {
        TokenOutputs outputs = forward.outputs();
        return (constants.isEmpty()
                ? outputs
                : TokenOutputs.joined(List.of(outputs, scorer.scoreWithoutGraph(constants)))).leaves();
    }

    private static List<Sequence> sequences(List<Batch> batches, List<Batch> constants) {
        return Stream.concat(batches.stream(), constants.stream()).flatMap(batch -> batch.sequences().stream())
                .toList();
    }

    /** The gradients of a batch's outputs, of which the first active token stands at {@code from}. */
    private static NDList slice(NDList gradients, int from, Batch batch) {
        NDList slices = new NDList();
        gradients.forEach(all -> slices.add(Kernels.narrow(all, 0, from, batch.activeTokens())));
        return slices;
    }

    /**
     * A loss that couples the whole step: all micro-batches are scored without a graph, their outputs become the leaves
     * together, and each micro-batch is then computed once more and given its slice of the gradient.
     */
    private State together(List<Batch> batches, List<Batch> constants, GroupSizes sizes,
            Readings readings) {
        List<Sequence> sequences = sequences(batches, constants);
        TokenOutputs leaves = scorer
                .scoreWithoutGraph(Stream.concat(batches.stream(), constants.stream()).toList()).leaves();
        LossTerms terms = Autograd.recording(() -> differentiate(sequences, sizes, leaves));
        State next = read(terms, sequences, leaves, readings);
        sendBack(batches, gradients(leaves));
        return next;
    }

    /** Computes each micro-batch once more and gives it its slice of the gradient, which stands first in all of it. */
    private void sendBack(List<Batch> batches, NDList gradients) {
        int start = 0;
        for (Batch batch : batches) {
            int from = start;
            Scopes.within(() -> Autograd.recording(() -> {
                scorer.forward(batch).backward(slice(gradients, from, batch));
                return from;
            }));
            start += batch.activeTokens();
        }
    }

    private LossTerms differentiate(List<Sequence> sequences, GroupSizes sizes, TokenOutputs leaves) {
        return differentiate(shape, objective, state, sequences, sizes, leaves);
    }

    /** Leaves the loss's gradient on the leaves; a graph must be recorded. */
    static <T extends Scores> LossTerms differentiate(Class<T> shape, Objective<T> objective, State state,
            List<Sequence> sequences, GroupSizes sizes, TokenOutputs leaves) {
        T scores = new ScoresAssembly(sequences, sizes, leaves).as(shape);
        LossTerms terms = objective.loss(scores, state);
        Autograd.backward(terms.loss().add(graphOnly(leaves)));
        return terms;
    }

    private static State read(LossTerms terms, List<Sequence> sequences, TokenOutputs leaves,
            Readings readings) {
        LossReading reading = LossReading.of(terms);
        if (!Double.isFinite(reading.loss())) {
            throw new Divergence(NonFinite.explain(reading.loss(), sequences, leaves));
        }
        reading.addTo(readings.averages());
        readings.pull().add(sequences, leaves.logProbs().getGradient().toType(DataType.FLOAT32, false).toFloatArray());
        return reading.next();
    }

    /** A zero that depends on every leaf, so that a loss that ignores one (or all) can still be differentiated. */
    private static NDArray graphOnly(TokenOutputs leaves) {
        NDArray all = Kernels.concat(leaves.ofPolicy());
        NDArray never = all.isNaN().logicalXor(all.isNaN());
        return Kernels.select(never, all, all.zerosLike()).sum();
    }

    private static NDList gradients(TokenOutputs leaves) {
        NDList gradients = new NDList();
        leaves.ofPolicy().forEach(leaf -> gradients.add(leaf.getGradient()));
        return gradients;
    }
}
