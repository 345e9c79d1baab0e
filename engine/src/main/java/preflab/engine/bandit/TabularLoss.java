package preflab.engine.bandit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import preflab.engine.objective.CandidateLists;
import preflab.engine.objective.Group;
import preflab.engine.objective.Objective;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.objective.PairNumber;
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
    private final BiFunction<Map<Group, SequenceScores>, SideInputs, NDArray> loss;
    private final SideInputs side;
    private final TabularData.Weights weights;

    private TabularLoss(TabularData data, double[][] logReference, ObjectiveType<?> type, Map<String, String> hyper,
            TabularData.Weights weights) {
        this.manager = Torch.newManager();
        this.weights = weights;
        this.none = SequenceScores.empty(manager, DataType.FLOAT64);
        this.loss = evaluator(type, hyper, none);
        Map<PairNumber, NDArray> numbers = new EnumMap<>(PairNumber.class);
        data.numbers().forEach((number, values) -> numbers.put(number, manager.create(values)));
        this.side = new SideInputs(numbers, data.lists());
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
        return of(type, hyper, data, weights, logReference);
    }

    static TabularLoss of(ObjectiveType<?> type, Map<String, String> hyper, TabularData data,
            TabularData.Weights weights, double[]... logReference) {
        return new TabularLoss(data, logReference, type, hyper, weights);
    }

    private static <S extends Scores> BiFunction<Map<Group, SequenceScores>, SideInputs, NDArray> evaluator(
            ObjectiveType<S> type, Map<String, String> hyper, SequenceScores none) {
        Objective<S> objective = type.factory().apply(type.values(hyper));
        return (scores, side) -> objective.loss(Scores.assemble(type.scores(), scores, none, side), State.EMPTY).loss();
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
            Autograd.backward(loss.apply(scores, side));
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
            return side.candidates().size() > 0 ? listByList(scores, shares) : rowByRow(scores, shares);
        }));
    }

    /** A list goes with the row of the chosen or the rejected response, if there is one. */
    private double listByList(Map<Group, SequenceScores> scores, Map<Group, double[]> shares) {
        CandidateLists lists = side.candidates();
        double total = 0;
        int start = 0;
        for (int i = 0; i < lists.size(); i++) {
            Map<Group, SequenceScores> one = new EnumMap<>(Group.class);
            int from = start;
            int row = i;
            start += lists.counts().get(i);
            int to = start;
            scores.forEach((group, all) -> one.put(group,
                    isListed(group) ? all.part(from, to) : all.part(row, row + 1)));
            double share = one.keySet().stream().filter(group -> !isListed(group)).findFirst()
                    .map(group -> shares.get(group)[row]).orElse(1.0 / lists.size());
            total += share * lists.size() * loss.apply(one, new SideInputs(Map.of(), lists.only(i))).getDouble();
        }
        return total;
    }

    private static boolean isListed(Group group) {
        return group == Group.CANDIDATES || group == Group.REFERENCE_SAMPLES;
    }

    private double rowByRow(Map<Group, SequenceScores> scores, Map<Group, double[]> shares) {
        double total = 0;
        for (Group group : scores.keySet()) {
            if (group != Group.REJECTED || !scores.containsKey(Group.CHOSEN)) { // those go with the chosen ones
                total += rowByRow(scores, group, shares.get(group));
            }
        }
        return total;
    }

    /** What the rows of one group add; of the other groups only the sizes are seen. */
    private double rowByRow(Map<Group, SequenceScores> scores, Group group, double[] share) {
        double total = 0;
        for (int i = 0; i < share.length; i++) {
            Map<Group, SequenceScores> one = new EnumMap<>(Group.class);
            int row = i;
            scores.forEach((other, all) -> one.put(other,
                    other == group || (group == Group.CHOSEN && other == Group.REJECTED)
                            ? all.part(row, row + 1)
                            : absent(all)));
            total += share[i] * share.length * loss.apply(one, numbersOf(group, i)).getDouble(); // a part counts 1/n
        }
        return total;
    }

    /** A group whose rows are elsewhere. */
    private SequenceScores absent(SequenceScores all) {
        return SequenceScores
                .builder(manager.zeros(new Shape(0, 1), DataType.FLOAT64),
                        manager.zeros(new Shape(0, 1), DataType.BOOLEAN))
                .group(all.groupSize(), all.groupTokens()).build();
    }

    private SideInputs numbersOf(Group group, int row) {
        Map<PairNumber, NDArray> numbers = new EnumMap<>(PairNumber.class);
        side.pairNumbers().forEach((number, values) -> numbers.put(number, group == Group.CHOSEN
                ? values.get(new NDIndex(row + ":" + (row + 1)))
                : manager.zeros(new Shape(0), DataType.FLOAT64)));
        return new SideInputs(numbers, CandidateLists.NONE);
    }

    @Override
    public void close() {
        manager.close();
    }
}
