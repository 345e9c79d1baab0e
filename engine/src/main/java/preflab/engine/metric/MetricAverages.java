package preflab.engine.metric;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named quantities over the parts of an optimizer step or of an evaluation, such that the result does not depend on how
 * the examples were cut into micro-batches: means are kept as sums and counts, shares of a whole are added up. Not
 * thread-safe.
 */
public final class MetricAverages {

    private record Total(double sum, long count) {
        Total plus(Total more) {
            return new Total(sum + more.sum, count + more.count);
        }
    }

    private final Map<String, Total> means = new LinkedHashMap<>();
    private final Map<String, Double> sums = new LinkedHashMap<>();

    /** Adds the sum of {@code count} values to a mean; a count of 0 leaves the key without a value. */
    public void add(String key, double sum, long count) {
        means.merge(key, new Total(sum, count), Total::plus);
    }

    /** Adds a part of a quantity whose parts add up, such as a loss. */
    public void addShare(String key, double share) {
        sums.merge(key, share, Double::sum);
    }

    /** Values by key, sums first, in the order the keys came; means of nothing are left out. NaN stays NaN. */
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>(sums);
        means.forEach((key, total) -> {
            if (total.count() > 0) {
                values.put(key, total.sum() / total.count());
            }
        });
        return values;
    }
}
