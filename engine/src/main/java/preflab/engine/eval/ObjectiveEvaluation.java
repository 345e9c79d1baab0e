package preflab.engine.eval;

import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.engine.batch.Batch;
import preflab.engine.batch.GroupSizes;
import preflab.engine.batch.Item;
import preflab.engine.batch.Sequence;
import preflab.engine.metric.MetricAverages;
import preflab.engine.metric.Metrics;
import preflab.engine.objective.Objective;
import preflab.engine.objective.Scores;
import preflab.engine.objective.State;
import preflab.engine.tensor.Autograd;

/**
 * The loss and the diagnostics of an objective on held-out examples, which are judged together: a reference point such
 * as KTO's z₀ is that of the whole set.
 */
public final class ObjectiveEvaluation {

    private ObjectiveEvaluation() {
    }

    /** Metrics by name, each with the prefix {@code eval/}. */
    public static <S extends Scores> Map<String, Double> of(List<Item> items, BatchScorer scorer, Class<S> shape,
            Objective<S> objective, State state, int batchSize) {
        GroupSizes sizes = GroupSizes.of(items);
        List<Batch> batches = new ArrayList<>();
        for (int start = 0; start < items.size(); start += batchSize) {
            batches.add(Batch.of(items.subList(start, Math.min(start + batchSize, items.size()))));
        }
        List<Sequence> sequences = batches.stream().flatMap(batch -> batch.sequences().stream()).toList();
        MetricAverages averages = new MetricAverages();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Autograd.without(() -> {
                TokenOutputs outputs = scorer.scoreWithoutGraph(batches);
                S scores = new ScoresAssembly(sequences, sizes, outputs).as(shape);
                return LossReading.of(objective.loss(scores, state));
            }).addTo(averages);
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        averages.values().forEach((key, value) -> metrics.put(Metrics.EVAL + key, value));
        return metrics;
    }
}
