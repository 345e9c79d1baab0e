package preflab.projects.chart;

import java.util.Arrays;
import preflab.projects.store.Series;

/**
 * The points of a line, in the order they were logged: where each lies on the horizontal axis, the step it was logged
 * at, and its value. Immutable; values may be NaN or infinite, places may not.
 */
public final class Curve {

    /** No points. */
    public static final Curve EMPTY = new Curve(new double[0], new long[0], new double[0]);

    private final double[] xs;
    private final long[] steps;
    private final double[] values;
    private final boolean ascending;

    private Curve(double[] xs, long[] steps, double[] values) {
        this.xs = xs;
        this.steps = steps;
        this.values = values;
        this.ascending = isAscending(xs);
    }

    private static boolean isAscending(double[] xs) {
        for (int i = 1; i < xs.length; i++) {
            if (xs[i] < xs[i - 1]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Copies the points given.
     *
     * @param xs
     *            finite
     * @param steps
     *            as many, ascending
     * @param values
     *            as many
     */
    public static Curve of(double[] xs, long[] steps, double[] values) {
        if (xs.length != steps.length || xs.length != values.length) {
            throw new IllegalArgumentException(
                    xs.length + " places, " + steps.length + " steps and " + values.length + " values");
        }
        return new Curve(xs.clone(), steps.clone(), values.clone());
    }

    /** Values over the steps they were logged at. */
    public static Curve ofSteps(Series series) {
        // steps are far below the 2^53 at which doubles begin to miss whole numbers
        return new Curve(Arrays.stream(series.steps()).asDoubleStream().toArray(), series.steps(), series.values());
    }

    /** These places and steps with other values. */
    Curve withValues(double[] others) {
        return of(xs, steps, others);
    }

    public int size() {
        return xs.length;
    }

    public boolean isEmpty() {
        return xs.length == 0;
    }

    /** Whether the line never turns back; where it does, it is a path and not a function of x. */
    boolean isAscending() {
        return ascending;
    }

    /** Place of point i on the horizontal axis. */
    public double x(int i) {
        return xs[i];
    }

    /** Optimizer steps done when point i was logged. */
    public long step(int i) {
        return steps[i];
    }

    public double value(int i) {
        return values[i];
    }

    public long lastStep() {
        return steps[steps.length - 1];
    }

    public double lastValue() {
        return values[values.length - 1];
    }

    /** Widens a range, least and greatest, to the finite values of the points from ≤ i < to. */
    void widen(double[] range, int from, int to, boolean positive) {
        double least = range[0];
        double greatest = range[1];
        for (int i = from; i < to; i++) {
            double value = values[i];
            if (Math.abs(value) <= Double.MAX_VALUE && (!positive || value > 0)) { // neither NaN nor infinite
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
            }
        }
        range[0] = least;
        range[1] = greatest;
    }

    /** Index of the first point whose place is at least this; only where the line never turns back. */
    int lowerBound(double x) {
        int low = 0;
        int high = xs.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (xs[middle] < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Index of the point nearest to a place; of two as near the earlier. There must be one. */
    int nearest(double x) {
        if (ascending) {
            int after = Math.min(lowerBound(x), size() - 1);
            int before = Math.max(0, after - 1);
            return x - xs[before] <= xs[after] - x ? before : after;
        }
        int best = 0;
        for (int i = 1; i < xs.length; i++) {
            best = Math.abs(xs[i] - x) < Math.abs(xs[best] - x) ? i : best;
        }
        return best;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Curve that && Arrays.equals(xs, that.xs) && Arrays.equals(steps, that.steps)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(xs) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Curve[" + size() + " points]";
    }
}
