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
 *            how answers were drawn, in words; the same question is one to the same problems drawn alike, or to the same
 *            problems {@link #ELSEWHERE}
 * @param metrics
 *            by name, as while training
 */
public record LateEvaluation(int run, int step, DatasetVersionId dataset, String decoding, Instant at,
        Map<String, Double> metrics, List<Sample> answers) {

    /** How answers were drawn that another program gave: nobody told. */
    public static final String ELSEWHERE = "by another program";

    public LateEvaluation {
        metrics = Map.copyOf(metrics);
        answers = List.copyOf(answers);
    }

    /** Whether another program drew the answers. */
    public boolean isFromElsewhere() {
        return decoding.equals(ELSEWHERE);
    }
}
