package preflab.engine.lab;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import preflab.engine.objective.Group;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Role;
import preflab.engine.objective.Scores;
import preflab.engine.objective.SequenceScores;
import preflab.engine.objective.State;
import preflab.engine.param.ParamValues;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Scopes;
import preflab.engine.tensor.Torch;

/**
 * How hard an objective pulls at pairs that a model has read: its own derivatives at the log-probabilities of their
 * tokens, in float64, without the model. N pairs count as one batch; what is told is N times the mean of dL/d log π over
 * a completion's tokens, averaged over the pairs, as {@code signal/pull} has it.
 *
 * @param up
 *            −dL/d log π of the chosen completions: above 0 they are pulled up
 * @param down
 *            dL/d log π of the rejected ones: above 0 they are pushed down
 */
public record PairPulls(double up, double down) {

    /**
     * Log-probabilities of a completion's tokens, nats.
     *
     * @param policy
     *            [T], T ≥ 1
     * @param reference
     *            [T], the same tokens under the frozen reference
     */
    public record Completion(List<Double> policy, List<Double> reference) {
        public Completion {
            policy = List.copyOf(policy);
            reference = List.copyOf(reference);
            if (policy.isEmpty() || policy.size() != reference.size()) {
                throw new IllegalArgumentException("a completion of " + policy.size() + " tokens and a reference of "
                        + reference.size() + "; both must be as many, at least one");
            }
        }
    }

    /** Two completions of a prompt. */
    public record Pair(Completion chosen, Completion rejected) {
    }

    /** Whether the objective is a function of pairs. */
    public static boolean fits(ObjectiveType<?> type) {
        return type.scores() == Scores.Pairs.class;
    }

    /**
     * Reads the pulls of an objective off pairs.
     *
     * @param pairs
     *            one or more
     * @throws IllegalArgumentException
     *             if the objective is not on pairs
     */
    public static PairPulls of(ObjectiveType<?> type, ParamValues values, List<Pair> pairs) {
        if (!fits(type)) {
            throw new IllegalArgumentException(type.name() + " is not on pairs");
        }
        return typed(type, values, pairs);
    }

    private static <S extends Scores> PairPulls typed(ObjectiveType<S> type, ParamValues values, List<Pair> pairs) {
        try (NDManager manager = Torch.newManager()) {
            return Scopes.within(() -> Autograd.recording(() -> {
                Map<Group, SequenceScores> groups = new EnumMap<>(Group.class);
                groups.put(Group.CHOSEN, scores(manager, pairs.stream().map(Pair::chosen).toList()));
                groups.put(Group.REJECTED, scores(manager, pairs.stream().map(Pair::rejected).toList()));
                S scores = Scores.assemble(type.scores(), groups, SequenceScores.empty(manager, DataType.FLOAT64),
                        LossCurves.numbers(manager, pairs.size()));
                Autograd.backward(type.factory().apply(values).loss(scores, State.EMPTY).loss());
                return new PairPulls(-mean(groups.get(Group.CHOSEN), pairs, Pair::chosen),
                        mean(groups.get(Group.REJECTED), pairs, Pair::rejected));
            }));
        }
    }

    /** [N,T], padded with 0 behind each completion. */
    private static SequenceScores scores(NDManager manager, List<Completion> completions) {
        int longest = completions.stream().mapToInt(one -> one.policy().size()).max().orElseThrow();
        Shape shape = new Shape(completions.size(), longest);
        double[] mask = new double[completions.size() * longest];
        for (int row = 0; row < completions.size(); row++) {
            Arrays.fill(mask, row * longest, row * longest + completions.get(row).policy().size(), 1);
        }
        NDArray reference = manager.create(flat(completions, longest, Completion::reference), shape);
        return SequenceScores
                .builder(Autograd.leaf(manager.create(flat(completions, longest, Completion::policy), shape)),
                        manager.create(mask, shape).gt(0))
                .reference(Role.REFERENCE, reference).reference(Role.PREVIOUS, reference)
                .reference(Role.NEGATIVE, reference).vocabularyKl(manager.zeros(shape, DataType.FLOAT64)).build();
    }

    private static double[] flat(List<Completion> completions, int longest,
            Function<Completion, List<Double>> tokens) {
        double[] flat = new double[completions.size() * longest];
        for (int row = 0; row < completions.size(); row++) {
            List<Double> own = tokens.apply(completions.get(row));
            for (int t = 0; t < own.size(); t++) {
                flat[row * longest + t] = own.get(t);
            }
        }
        return flat;
    }

    /** Mean over pairs of N·mean_t dL/d log π_t. */
    private static double mean(SequenceScores scores, List<Pair> pairs, Function<Pair, Completion> side) {
        double[] gradient = scores.tokenLogProbs().getGradient().toDoubleArray(); // [N·T]
        int longest = gradient.length / pairs.size();
        double sum = 0;
        for (int row = 0; row < pairs.size(); row++) {
            int tokens = side.apply(pairs.get(row)).policy().size();
            for (int t = 0; t < tokens; t++) {
                sum += gradient[row * longest + t] / tokens; // N · 1/N
            }
        }
        return sum;
    }
}
