package preflab.projects.store;

import java.util.List;
import java.util.Map;

/**
 * What happened in a run since the last look.
 *
 * @param newPoints
 *            by metric; keys without new points are left out
 * @param restarted
 *            whether the run went on from an earlier step: forget all points known so far, these replace them
 */
public record RunUpdate(RunSummary summary, boolean restarted, Map<String, Series> newPoints,
        List<StoredSamples> newSamples, List<StoredWarning> newWarnings, List<StoredCheckpoint> newCheckpoints) {
    public RunUpdate {
        newPoints = Map.copyOf(newPoints);
        newSamples = List.copyOf(newSamples);
        newWarnings = List.copyOf(newWarnings);
        newCheckpoints = List.copyOf(newCheckpoints);
    }
}
