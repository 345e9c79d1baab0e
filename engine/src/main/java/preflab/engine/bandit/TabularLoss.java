package preflab.engine.bandit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import preflab.engine.objective.Group;
import preflab.engine.objective.Objective;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.objective.Scores;
import preflab.engine.objective.SequenceScores;
import preflab.engine.objective.SideInputs;
import preflab.engine.objective.State;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Scopes;
import preflab.engine.tensor.Torch;

/**
 * The catalogue's own loss in exact expectation over a written-out population. A loss is a mean over rows, so its
 * gradient by the log-probabilities of row i is 1/n of that row's; times n·w_i it is the row's share of the expectation
 * under weights w. This holds for every objective whose rows do not act on each other (not for BCO and KTO).
 */
public final class TabularLoss implements AutoCloseable {

    private final NDManager manager;
    private final Map<Group, TabularRows> groups = new EnumMap<>(Group.class);
    private final SequenceScores none;
    private final Function<Map<Group, SequenceScores>, NDArray> loss;
    private final TabularData.Weights weights;

    private TabularLoss(TabularData data, double[][] logReference, ObjectiveType<?> type, Map<String, String> hyper,
            TabularData.Weights weights) {
        this.manager = Torch.newManager();
        this.weights = weights;
        this.none = SequenceScores.empty(manager, DataType.FLOAT64);
        this.loss = evaluator(type, hyper, new SideInputs(Map.of(), data.lists()), none);
        data.rows().forEach((group, rows) -> groups.put(group, new TabularRows(group, rows, logReference, manager)));
    }

    /**
     * The expected loss of an objective of the catalogue.
     *
     * @param objective
     *            id or alias in the catalogue
     * @param hyper
     *            its hyper-parameters as text
     * @param logReference
     *            log π_ref(action | node), [nodes][actions]; PIPA's prior
     * @throws IllegalArgumentException
     *             if there is no such objective
     */
    public static TabularLoss of(String objective, Map<String, String> hyper, TabularData data,
            TabularData.Weights weights, double[]... logReference) {
        ObjectiveType<?> type = Objectives.find(objective)
                .orElseThrow(() -> new IllegalArgumentException("there is no objective \"" + objective + "\""));
        return new TabularLoss(data, logReference, type, hyper, weights);
    }

    private static <S extends Scores> Function<Map<Group, SequenceScores>, NDArray> evaluator(ObjectiveType<S> type,
            Map<String, String> hyper, SideInputs side, SequenceScores none) {
        Objective<S> objective = type.factory().apply(type.values(hyper));
        return scores -> objective.loss(Scores.assemble(type.scores(), scores, none, side), State.EMPTY).loss();
    }

    /** The gradient of the expected loss by the parameters, [P]. */
    public double[] gradient(TabularPolicy policy) {
        return policy.pullBack(tableGradient(policy.logProbs(), policy.valueLogits()));
    }

    /** The gradient of the expected loss by the table itself; the log-probabilities need not be normalised. */
    public TableGradient tableGradient(double[][] logPolicy, double[] valueLogits) {
        Map<Group, double[]> shares = weights.at(logPolicy);
        double[][] byLogProbs = Tables.zeros(logPolicy);
        double[] byValues = new double[valueLogits.length];
        return Scopes.within(() -> Autograd.recording(() -> {
            List<TabularRows.Scored> scored = new ArrayList<>();
            Map<Group, SequenceScores> scores = new EnumMap<>(Group.class);
            groups.forEach((group, rows) -> {
                TabularRows.Scored one = rows.score(logPolicy, valueLogits);
                scored.add(one);
                scores.put(group, one.scores());
            });
            Autograd.backward(loss.apply(scores));
            scored.forEach(one -> one.addGradient(shares, byLogProbs, byValues));
            return new TableGradient(byLogProbs, byValues);
        }));
    }

    /** The expected loss: what each row adds on its own, weighed. Slower than a gradient by the number of rows. */
    public double value(TabularPolicy policy) {
        double[][] logPolicy = policy.logProbs();
        Map<Group, double[]> shares = weights.at(logPolicy);
        return Scopes.within(() -> Autograd.without(() -> {
            Map<Group, SequenceScores> scores = new EnumMap<>(Group.class);
            groups.forEach((group, rows) -> scores.put(group, rows.score(logPolicy, policy.valueLogits()).scores()));
            return matched() ? rowByRow(scores, shares) : groupByGroup(scores, shares);
        }));
    }

    /** Whether chosen and rejected rows belong together. */
    private boolean matched() {
        return groups.containsKey(Group.CHOSEN);
    }

    private double rowByRow(Map<Group, SequenceScores> scores, Map<Group, double[]> shares) {
        Map<Group, SequenceScores> pairs = new EnumMap<>(Group.class);
        Map<Group, SequenceScores> others = new EnumMap<>(scores);
        for (Group side : List.of(Group.CHOSEN, Group.REJECTED)) {
            pairs.put(side, others.remove(side));
        }
        return together(pairs, shares.get(Group.CHOSEN)) + groupByGroup(others, shares);
    }

    private double groupByGroup(Map<Group, SequenceScores> scores, Map<Group, double[]> shares) {
        double total = 0;
        for (Map.Entry<Group, SequenceScores> one : scores.entrySet()) {
            total += together(Map.of(one.getKey(), one.getValue()), shares.get(one.getKey()));
        }
        return total;
    }

    private double together(Map<Group, SequenceScores> rows, double[] share) {
        double total = 0;
        for (int i = 0; i < share.length; i++) {
            Map<Group, SequenceScores> one = new EnumMap<>(Group.class);
            for (Map.Entry<Group, SequenceScores> group : rows.entrySet()) {
                one.put(group.getKey(), group.getValue().part(i, i + 1));
            }
            total += share[i] * share.length * loss.apply(one).getDouble(); // a part counts 1/n of its group
        }
        return total;
    }

    @Override
    public void close() {
        manager.close();
    }
}
