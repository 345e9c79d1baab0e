package preflab.projects.store;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import preflab.datasets.example.DatasetVersionId;

/**
 * One line of the list of runs.
 *
 * @param id
 *            counted from 1 within the project
 * @param lastStep
 *            optimizer steps done as far as logged; 0 before the first
 * @param message
 *            why it ended, in words; empty where there is nothing to say
 * @param metrics
 *            the last logged value of every metric, by key; values may be NaN or infinite
 * @param origin
 *            where a run comes from that was not trained in this project, in words; empty for its own runs
 */
public record RunSummary(int id, String name, String objective, DatasetVersionId dataset, String model, int seed,
        RunState state, Instant created, Optional<Instant> started, Optional<Instant> ended, int lastStep,
        int totalSteps, String message, Map<String, Double> metrics, Optional<String> origin) {
    public RunSummary {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /** Whether its settings are a run file of ours, to train with again; not so for runs of other programs. */
    public boolean hasRunFile() {
        return origin.filter(from -> !from.startsWith(ImportedRun.PROJECT)).isEmpty();
    }

    /** The rows trained on, for people; – where nobody told. */
    public String data() {
        return dataset.equals(ImportedRun.UNKNOWN_DATA) ? "–" : dataset.display();
    }
}
