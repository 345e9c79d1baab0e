package preflab.engine.eval;

import ai.djl.ndarray.NDScope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.engine.batch.Batch;
import preflab.engine.batch.GroupSizes;
import preflab.engine.batch.Item;
import preflab.engine.metric.MetricAverages;
import preflab.engine.metric.Metrics;
import preflab.engine.objective.Objective;
import preflab.engine.objective.Scores;
import preflab.engine.objective.State;
import preflab.engine.tensor.Autograd;

/** The loss and the diagnostics of an objective on held-out examples; the denominators are those of the whole set. */
public final class ObjectiveEvaluation {

    private ObjectiveEvaluation() {
    }

    /** Metrics by name, each with the prefix {@code eval/}. */
    public static <S extends Scores> Map<String, Double> of(List<Item> items, BatchScorer scorer, Class<S> shape,
            Objective<S> objective, State state, int batchSize) {
        GroupSizes sizes = GroupSizes.of(items);
        MetricAverages averages = new MetricAverages();
        for (int start = 0; start < items.size(); start += batchSize) {
            Batch batch = Batch.of(items.subList(start, Math.min(start + batchSize, items.size())));
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                Autograd.without(() -> read(batch, sizes, scorer, shape, objective, state)).addTo(averages);
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        averages.values().forEach((key, value) -> metrics.put(Metrics.EVAL + key, value));
        return metrics;
    }

    private static <S extends Scores> LossReading read(Batch batch, GroupSizes sizes, BatchScorer scorer,
            Class<S> shape, Objective<S> objective, State state) {
        TokenOutputs outputs = scorer.score(batch);
        return LossReading.of(objective.loss(new ScoresAssembly(batch.sequences(), sizes, outputs).as(shape), state));
    }
}
