package preflab.projects.store;

import java.util.Arrays;

/** A series that grows. */
final class Points {
    private long[] steps = new long[256];
    private double[] values = new double[256];
    private int size;

    void add(long step, double value) {
        if (size == steps.length) {
            steps = Arrays.copyOf(steps, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        steps[size] = step;
        values[size++] = value;
    }

    Series toSeries() {
        return Series.of(Arrays.copyOf(steps, size), Arrays.copyOf(values, size));
    }
}
