package preflab.projects.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows one run by looking again and again; cheap enough for ten looks a second. Not thread-safe. */
public final class RunFollower {
    private static final List<String> PURPOSES = List.of("samples", "eval");

    private final RunStore runs;
    private final int run;
    private final Map<String, Long> lastSteps = new HashMap<>();
    private final Map<String, Integer> lastSamples = new HashMap<>();
    private int starts;
    private int warningsSeen;
    private int checkpointsSeen;

    public RunFollower(RunStore runs, int run) {
        this.runs = runs;
        this.run = run;
    }

    public int run() {
        return run;
    }

    /** Everything since the last call; the first call returns everything so far. */
    public RunUpdate poll() {
        RunSummary summary = runs.summary(run); // first: an end seen here has all its events stored before it
        boolean restarted = restarted();
        List<StoredSamples> samples = newSamples();
        List<StoredWarning> warnings = runs.warnings(run);
        List<StoredCheckpoint> checkpoints = runs.checkpoints(run);
        RunUpdate update = new RunUpdate(summary, restarted, newPoints(summary), samples, after(warnings, warningsSeen),
                after(checkpoints, checkpointsSeen));
        warningsSeen = warnings.size();
        checkpointsSeen = checkpoints.size();
        return update;
    }

    private boolean restarted() {
        int now = runs.starts(run);
        boolean restarted = starts > 0 && now > starts;
        starts = now;
        if (restarted) {
            lastSteps.clear();
            lastSamples.clear();
            warningsSeen = 0;
            checkpointsSeen = 0;
        }
        return restarted;
    }

    private Map<String, Series> newPoints(RunSummary summary) {
        Map<String, Series> points = new HashMap<>();
        for (String key : summary.metrics().keySet()) {
            Series series = runs.series(run, key, lastSteps.getOrDefault(key, -1L) + 1, Integer.MAX_VALUE);
            if (!series.isEmpty()) {
                points.put(key, series);
                lastSteps.put(key, series.lastStep());
            }
        }
        return points;
    }

    private List<StoredSamples> newSamples() {
        return PURPOSES.stream().flatMap(purpose -> {
            List<StoredSamples> fresh = runs.samples(run, purpose, lastSamples.getOrDefault(purpose, -1));
            fresh.forEach(samples -> lastSamples.put(purpose, samples.step()));
            return fresh.stream();
        }).toList();
    }

    private static <T> List<T> after(List<T> all, int seen) {
        return List.copyOf(all.subList(Math.min(seen, all.size()), all.size()));
    }
}
