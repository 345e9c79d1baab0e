package preflab.projects.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.Sample;

/**
 * Answers of a run's checkpoint to held-out problems, asked for after training.
 *
 * @param step
 *            of the checkpoint
 * @param dataset
 *            where the problems come from
 * @param decoding
 *            how answers were drawn, in words; the same question is one to the same problems drawn alike
 * @param metrics
 *            by name, as while training
 */
public record LateEvaluation(int run, int step, DatasetVersionId dataset, String decoding, Instant at,
        Map<String, Double> metrics, List<Sample> answers) {
    public LateEvaluation {
        metrics = Map.copyOf(metrics);
        answers = List.copyOf(answers);
    }
}
