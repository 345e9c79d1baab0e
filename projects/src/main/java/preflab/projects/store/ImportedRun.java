package preflab.projects.store;

import java.time.Instant;
import java.util.List;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.RunEvent;

/**
 * A run that another program or project trained, as far as its files tell.
 *
 * @param origin
 *            where it comes from, in words; {@link #PROJECT} … for another project of ours
 * @param sha256
 *            of what was read, so that nothing is entered twice
 * @param dataset
 *            the rows trained on; {@link #UNKNOWN_DATA} where nobody tells
 * @param specJson
 *            its settings: a run file, or what is known in the same places
 * @param events
 *            in order; the last is the end
 * @param answered
 *            held-out problems that it answered after training; their run's number is the one it gets here
 */
public record ImportedRun(String name, String origin, String sha256, String objective, DatasetVersionId dataset,
        String model, int seed, int totalSteps, String specJson, Instant created, Instant ended,
        List<RunEvent> events, List<LateEvaluation> answered) {

    /** What the origin of a run of another project starts with: its settings can be trained with. */
    public static final String PROJECT = "project ";

    /** Where nobody told which rows were trained on. */
    public static final DatasetVersionId UNKNOWN_DATA = new DatasetVersionId("–", 1, "");

    /** Where nobody told the objective or the model. */
    public static final String UNKNOWN = "–";

    public ImportedRun {
        events = List.copyOf(events);
        answered = List.copyOf(answered);
    }
}
