package preflab.projects.diagnose;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import preflab.projects.store.Series;

/**
 * How a metric moved from the first tenth of its points to the last.
 *
 * @param from
 *            mean over the first tenth
 * @param to
 *            mean over the last tenth
 * @param error
 *            standard error of the difference; 0 where single points are compared
 */
record Drift(double from, double to, double error, long lastStep) {

    private static final int PARTS = 10;
    /** A tenth of fewer points than this says nothing about their scatter. */
    private static final int LEAST = 3;

    /** Empty for fewer than two finite points. */
    static Optional<Drift> of(Series series) {
        double[] values = IntStream.range(0, series.size()).mapToDouble(series::value).filter(Double::isFinite)
                .toArray();
        if (values.length < 2) {
            return Optional.empty();
        }
        int part = Math.max(1, values.length / PARTS);
        double[] first = Arrays.copyOf(values, part);
        double[] last = Arrays.copyOfRange(values, values.length - part, values.length);
        double error = part < LEAST ? 0 : Math.sqrt(variance(first) / part + variance(last) / part);
        return Optional.of(new Drift(mean(first), mean(last), error, series.lastStep()));
    }

    double change() {
        return to - from;
    }

    /** Whether it rose by at least so much, beyond three standard errors. */
    boolean rose(double least) {
        return change() >= least && change() > 3 * error;
    }

    /** Whether it fell by at least so much, beyond three standard errors. */
    boolean fell(double least) {
        return -change() >= least && -change() > 3 * error;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum()
                / Math.max(1, values.length - 1);
    }
}
