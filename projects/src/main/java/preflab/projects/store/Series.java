package preflab.projects.store;

import java.util.Arrays;

/** The logged values of one metric of one run, by ascending step. Immutable; values may be NaN or infinite. */
public final class Series {

    /** No points. */
    public static final Series EMPTY = new Series(new long[0], new double[0]);

    private final long[] steps;
    private final double[] values;

    private Series(long[] steps, double[] values) {
        this.steps = steps;
        this.values = values;
    }

    /**
     * Copies the points given.
     *
     * @param steps
     *            ascending
     * @param values
     *            as many
     */
    public static Series of(long[] steps, double[] values) {
        if (steps.length != values.length) {
            throw new IllegalArgumentException(steps.length + " steps but " + values.length + " values");
        }
        return new Series(steps.clone(), values.clone());
    }

    public int size() {
        return steps.length;
    }

    public boolean isEmpty() {
        return steps.length == 0;
    }

    /** Optimizer steps done when point i was measured. */
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

    /** A copy of all steps. */
    public long[] steps() {
        return steps.clone();
    }

    /** A copy of all values. */
    public double[] values() {
        return values.clone();
    }

    /** The points of these steps, both included. */
    public Series between(long from, long to) {
        int first = 0;
        int end = size();
        while (first < end && steps[first] < from) {
            first++;
        }
        while (end > first && steps[end - 1] > to) {
            end--;
        }
        return new Series(Arrays.copyOfRange(steps, first, end), Arrays.copyOfRange(values, first, end));
    }

    /** These points followed by later ones. */
    public Series plus(Series later) {
        long[] allSteps = Arrays.copyOf(steps, size() + later.size());
        double[] allValues = Arrays.copyOf(values, size() + later.size());
        System.arraycopy(later.steps, 0, allSteps, size(), later.size());
        System.arraycopy(later.values, 0, allValues, size(), later.size());
        return new Series(allSteps, allValues);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Series that && Arrays.equals(steps, that.steps) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(steps) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Series[" + size() + " points]";
    }
}
