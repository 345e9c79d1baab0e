package preflab.engine.metric;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Means of named quantities over the parts of an optimizer step or of an evaluation: sums and counts are added up, so
 * that the mean does not depend on how the examples were cut into micro-batches. Not thread-safe.
 */
public final class MetricAverages {

    private record Total(double sum, long count) {
        Total plus(double more, long moreCount) {
            return new Total(sum + more, count + moreCount);
        }
    }

    private final Map<String, Total> totals = new LinkedHashMap<>();

    /** Adds the sum of {@code count} values; a count of 0 leaves the key without a mean. */
    public void add(String key, double sum, long count) {
        totals.merge(key, new Total(sum, count), (before, more) -> before.plus(more.sum(), more.count()));
    }

    /** The mean by key, in the order the keys came; keys without any value are left out. NaN stays NaN. */
    public Map<String, Double> means() {
        Map<String, Double> means = new LinkedHashMap<>();
        totals.forEach((key, total) -> {
            if (total.count() > 0) {
                means.put(key, total.sum() / total.count());
            }
        });
        return means;
    }
}
