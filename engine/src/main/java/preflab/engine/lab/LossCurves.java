package preflab.engine.lab;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.engine.objective.Group;
import preflab.engine.objective.Objective;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.PairNumber;
import preflab.engine.objective.Role;
import preflab.engine.objective.Scores;
import preflab.engine.objective.SequenceScores;
import preflab.engine.objective.SideInputs;
import preflab.engine.objective.State;
import preflab.engine.param.ParamValues;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Scopes;
import preflab.engine.tensor.Torch;

/**
 * What an objective makes of one example as its log-ratios move, in float64, by the same {@link Objective#loss} that
 * trains. The example is small and fixed: {@value #TOKENS} tokens of log-probability {@value #REFERENCE} each under the
 * reference; a log-ratio is spread evenly over them. For objectives without a reference the axis is the same change of
 * the policy's log-probability.
 */
public final class LossCurves {

    /** Tokens of each completion. */
    public static final int TOKENS = 10;
    /** Log-probability of a token under the reference, nats. */
    public static final double REFERENCE = -2;

    private static final double OFFSET = 1; // the number that comes with a pair, where one is needed

    private LossCurves() {
    }

    /** Why there are no curves for this objective; empty if there are. */
    public static Optional<String> obstacle(ObjectiveType<?> type) {
        Class<?> scores = type.scores();
        return scores == Scores.Pairs.class || scores == Scores.Unpaired.class
                ? Optional.empty()
                : Optional.of(type.name() + " is not a function of one or two log-ratios");
    }

    /**
     * The curves of an objective: one over h_w − h_l for pairs, moved by both halves; one for an accepted and one for a
     * rejected completion where they are judged one by one (at z₀ = 0, and without the term in the vocabulary KL, which
     * depends on more than log-ratios).
     *
     * @param at
     *            log-ratios, ascending
     * @throws IllegalArgumentException
     *             where {@link #obstacle} says why not
     */
    public static List<LossCurve> of(ObjectiveType<?> type, ParamValues values, double... at) {
        obstacle(type).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        if (type.scores() == Scores.Pairs.class) {
            double[] half = Arrays.stream(at).map(h -> h / 2).toArray();
            double[] other = Arrays.stream(half).map(h -> -h).toArray();
            Evaluated evaluated = evaluate(type, values, Map.of(Group.CHOSEN, half, Group.REJECTED, other));
            return List.of(new LossCurve(type.name(), at, evaluated.loss(), evaluated.pull(Group.CHOSEN)));
        }
        List<LossCurve> curves = new ArrayList<>();
        for (Group side : List.of(Group.ACCEPTED, Group.REJECTED)) {
            Evaluated evaluated = evaluate(type, values, Map.of(side, at.clone()));
            curves.add(new LossCurve(type.name() + (side == Group.ACCEPTED ? ", accepted" : ", rejected"), at,
                    evaluated.loss(), evaluated.pull(side)));
        }
        return curves;
    }

    /**
     * The loss of a pair over a grid of h_w (columns, ascending) and h_l (rows, ascending).
     *
     * @throws IllegalArgumentException
     *             if the objective is not on pairs
     */
    public static LossMap map(ObjectiveType<?> type, ParamValues values, double... at) {
        if (type.scores() != Scores.Pairs.class) {
            throw new IllegalArgumentException(type.name() + " is not on pairs");
        }
        double[] chosen = new double[at.length * at.length];
        double[] rejected = new double[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = at[i % at.length];
            rejected[i] = at[i / at.length];
        }
        Evaluated evaluated = evaluate(type, values, Map.of(Group.CHOSEN, chosen, Group.REJECTED, rejected));
        return new LossMap(at, evaluated.loss(), evaluated.pull(Group.CHOSEN), evaluated.pull(Group.REJECTED));
    }

    /** Loss of each row, and minus its gradient by each side's log-probability. */
    private static final class Evaluated {
        private final double[] loss;
        private final Map<Group, double[]> pulls;

        Evaluated(double[] loss, Map<Group, double[]> pulls) {
            this.loss = loss;
            this.pulls = pulls;
        }

        double[] loss() {
            return loss;
        }

        double[] pull(Group group) {
            return pulls.get(group);
        }
    }

    private static Evaluated evaluate(ObjectiveType<?> type, ParamValues values, Map<Group, double[]> ratios) {
        return typed(type, values, ratios);
    }

    private static <S extends Scores> Evaluated typed(ObjectiveType<S> type, ParamValues values,
            Map<Group, double[]> ratios) {
        Objective<S> objective = type.factory().apply(values);
        int rows = ratios.values().iterator().next().length;
        try (NDManager manager = Torch.newManager()) {
            SequenceScores none = SequenceScores.empty(manager, DataType.FLOAT64);
            Map<Group, double[]> pulls = Scopes.within(() -> Autograd.recording(() -> {
                Map<Group, SequenceScores> groups = groups(manager, ratios);
                S scores = Scores.assemble(type.scores(), groups, none, numbers(manager, rows));
                Autograd.backward(objective.loss(scores, State.EMPTY).loss());
                Map<Group, double[]> found = new EnumMap<>(Group.class);
                groups.forEach((group, one) -> found.put(group, pull(one, rows)));
                return found;
            }));
            double[] loss = Scopes.within(() -> Autograd.without(() -> {
                Map<Group, SequenceScores> groups = groups(manager, ratios);
                double[] each = new double[rows];
                for (int i = 0; i < rows; i++) {
                    each[i] = loss(type, objective, groups, none, i, manager) * rows; // a part counts 1/n of its group
                }
                return each;
            }));
            return new Evaluated(loss, pulls);
        }
    }

    private static <S extends Scores> double loss(ObjectiveType<S> type, Objective<S> objective,
            Map<Group, SequenceScores> groups, SequenceScores none, int row, NDManager manager) {
        Map<Group, SequenceScores> one = new EnumMap<>(Group.class);
        groups.forEach((group, scores) -> one.put(group, scores.part(row, row + 1)));
        S scores = Scores.assemble(type.scores(), one, none, numbers(manager, 1));
        return objective.loss(scores, State.EMPTY).loss().getDouble();
    }

    /** Whatever number an objective wants beside a pair: 1. */
    static SideInputs numbers(NDManager manager, int rows) {
        Map<PairNumber, NDArray> numbers = new EnumMap<>(PairNumber.class);
        for (PairNumber number : PairNumber.values()) {
            double[] same = new double[rows];
            Arrays.fill(same, OFFSET);
            numbers.put(number, manager.create(same));
        }
        return new SideInputs(numbers, SideInputs.NONE.candidates());
    }

    private static Map<Group, SequenceScores> groups(NDManager manager, Map<Group, double[]> ratios) {
        Map<Group, SequenceScores> groups = new EnumMap<>(Group.class);
        ratios.forEach((group, perRow) -> groups.put(group, sequences(manager, perRow)));
        return groups;
    }

    private static SequenceScores sequences(NDManager manager, double[] ratios) {
        Shape shape = new Shape(ratios.length, TOKENS);
        double[] tokens = new double[ratios.length * TOKENS];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = REFERENCE + ratios[i / TOKENS] / TOKENS;
        }
        NDArray mask = manager.ones(shape).gt(0);
        NDArray reference = manager.full(shape, (float) REFERENCE, DataType.FLOAT64);
        return SequenceScores.builder(Autograd.leaf(manager.create(tokens, shape)), mask)
                .reference(Role.REFERENCE, reference).reference(Role.PREVIOUS, reference)
                .reference(Role.NEGATIVE, reference).vocabularyKl(manager.zeros(shape, DataType.FLOAT64)).build();
    }

    /** −dL/d log π(y) of one example each, from leaves [n,T] whose tokens all feel the same. */
    private static double[] pull(SequenceScores scores, int rows) {
        double[] perToken = scores.tokenLogProbs().getGradient().toDoubleArray();
        double[] pull = new double[rows];
        for (int i = 0; i < perToken.length; i++) {
            pull[i / TOKENS] -= perToken[i] * rows / TOKENS;
        }
        return pull;
    }
}
