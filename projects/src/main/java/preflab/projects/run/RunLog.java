package preflab.projects.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import preflab.engine.metric.Metrics;
import preflab.projects.store.RunStore;
import preflab.projects.store.Series;
import preflab.projects.store.StoredSamples;

/**
 * What a run logged, as everybody reads it: all segments together, each over its own steps. The clock, throughput and
 * memory are left out, and so is what a run says about being resumed and about its cache.
 */
record RunLog(Map<String, Series> metrics, Map<String, List<StoredSamples>> samples, List<String> warnings) {

    private static final Set<String> OF_THE_MACHINE = Set.of(Metrics.TOKENS_PER_SECOND, Metrics.SECONDS,
            Metrics.REFERENCE_FOUND, Metrics.REFERENCE_PASSES, Metrics.REFERENCE_SECONDS,
            Metrics.REFERENCE_SECONDS_SAVED, Metrics.REFERENCE_BYTES_SAVED, Metrics.REFERENCE_BYTES_ON_DISK,
            Metrics.PEAK_MEMORY, Metrics.ESTIMATED_MEMORY,
            Metrics.MEMORY_ERROR, Metrics.STEP_SECONDS, Metrics.ESTIMATED_SECONDS, Metrics.SECONDS_ERROR);
    private static final Set<String> ABOUT_THE_START = Set.of("resumed", "reference_cache", "out_of_memory");
    private static final List<String> PURPOSES = List.of("eval", "samples");

    static RunLog of(RunStore runs, int run) {
        Map<String, Series> metrics = new TreeMap<>();
        runs.metricKeys(run).stream().filter(key -> !OF_THE_MACHINE.contains(key))
                .forEach(key -> metrics.put(key, runs.series(run, key)));
        Map<String, List<StoredSamples>> samples = new TreeMap<>();
        PURPOSES.forEach(purpose -> samples.put(purpose, runs.samples(run, purpose)));
        List<String> warnings = runs.warnings(run).stream().filter(warning -> !ABOUT_THE_START.contains(warning.code()))
                .map(warning -> warning.step() + " " + warning.code() + " " + warning.message()).toList();
        return new RunLog(metrics, samples, warnings);
    }

    long values() {
        return metrics.values().stream().mapToLong(Series::size).sum();
    }

    long texts() {
        return samples.values().stream().flatMap(List::stream).mapToLong(at -> at.samples().size()).sum();
    }

    /** Everything in which the other log is not this one, bit by bit; at most a line per metric. */
    List<String> differences(RunLog other) {
        List<String> found = new ArrayList<>();
        TreeMap<String, Series> all = new TreeMap<>(metrics);
        other.metrics.forEach(all::putIfAbsent);
        all.keySet().forEach(key -> {
            Series mine = metrics.getOrDefault(key, Series.EMPTY);
            Series theirs = other.metrics.getOrDefault(key, Series.EMPTY);
            if (!mine.equals(theirs)) {
                found.add(key + ": " + first(mine, theirs));
            }
        });
        samples.forEach((purpose, texts) -> {
            if (!texts.equals(other.samples.get(purpose))) {
                found.add("the texts of " + purpose + " differ");
            }
        });
        if (!warnings.equals(other.warnings)) {
            found.add("warnings: " + warnings + " and " + other.warnings);
        }
        return found;
    }

    private static String first(Series mine, Series theirs) {
        if (!Arrays.equals(mine.steps(), theirs.steps())) {
            return mine.size() + " points and " + theirs.size() + ", or at other steps";
        }
        double[] left = mine.values();
        double[] right = theirs.values();
        int at = Arrays.mismatch(left, right);
        return left[at] + " and " + right[at] + " at step " + mine.steps()[at];
    }
}
