package preflab.engine.metric;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What keeping the reference's log-probabilities has spared a run so far.
 *
 * @param found
 *            sequences whose log-probabilities came from the cache
 * @param computed
 *            sequences that the reference scored because the cache lacked them
 * @param secondsSaved
 *            what those found had cost when they were computed, as measured then
 * @param secondsSpent
 *            what those computed have cost
 * @param bytesSaved
 *            memory that the reference's weights would have taken while training and did not; 0 where they were there
 * @param bytesOnDisk
 *            what the whole cache takes
 */
public record ReferenceSavings(long found, long computed, double secondsSaved, double secondsSpent, long bytesSaved,
        long bytesOnDisk) {

    /** As a run logs it. */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metrics.REFERENCE_FOUND, (double) found);
        metrics.put(Metrics.REFERENCE_PASSES, (double) computed);
        metrics.put(Metrics.REFERENCE_SECONDS_SAVED, secondsSaved);
        metrics.put(Metrics.REFERENCE_SECONDS, secondsSpent);
        metrics.put(Metrics.REFERENCE_BYTES_SAVED, (double) bytesSaved);
        metrics.put(Metrics.REFERENCE_BYTES_ON_DISK, (double) bytesOnDisk);
        return metrics;
    }

    /** From what a run has logged; empty where it asked nothing of a cache. */
    public static Optional<ReferenceSavings> of(Map<String, Double> metrics) {
        return Optional.of(new ReferenceSavings((long) value(metrics, Metrics.REFERENCE_FOUND),
                (long) value(metrics, Metrics.REFERENCE_PASSES), value(metrics, Metrics.REFERENCE_SECONDS_SAVED),
                value(metrics, Metrics.REFERENCE_SECONDS), (long) value(metrics, Metrics.REFERENCE_BYTES_SAVED),
                (long) value(metrics, Metrics.REFERENCE_BYTES_ON_DISK)))
                .filter(savings -> savings.found + savings.computed > 0);
    }

    private static double value(Map<String, Double> metrics, String key) {
        return metrics.getOrDefault(key, 0.0);
    }

    /** In a sentence without its full stop. */
    public String words() {
        String kept = bytesOnDisk == 0 ? "" : " (" + megabytes(bytesOnDisk) + " on disk)";
        String saved = seconds(secondsSaved) + " saved"
                + (bytesSaved == 0 ? "" : ", and " + megabytes(bytesSaved) + " of memory while training");
        return computed == 0
                ? String.format(Locale.ROOT, "no reference pass: all %,d log-probabilities of sequences came from the"
                        + " cache%s; %s", found, kept, saved)
                : String.format(Locale.ROOT, "the reference scored %,d sequences in %s, kept for later runs%s; %,d"
                        + " came from the cache: %s", computed, seconds(secondsSpent), kept, found, saved);
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%,.0f s", seconds);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, bytes < 10_000_000 ? "%.2f MB" : "%,.0f MB", bytes / 1e6);
    }
}
