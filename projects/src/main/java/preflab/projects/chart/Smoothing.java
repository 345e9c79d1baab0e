package preflab.projects.chart;

import preflab.projects.store.Series;

/** Causal exponential moving average: what is drawn at a step knows nothing of later steps. */
public final class Smoothing {

    private Smoothing() {
    }

    /**
     * s_t = w s_{t−1} + (1 − w) x_t with s_0 = 0, divided by 1 − w^t so that it does not start at zero. Values that are
     * not finite stay as they are and are left out of the average.
     *
     * @param weight
     *            of the past, 0 ≤ w &lt; 1
     */
    public static Series smooth(Series raw, double weight) {
        return Series.of(raw.steps(), smooth(raw.values(), weight));
    }

    /** The same of a line that holds all its points. */
    static Curve smooth(Curve raw, double weight) {
        double[] values = new double[raw.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = raw.value(i);
        }
        return raw.withValues(smooth(values, weight));
    }

    private static double[] smooth(double[] values, double weight) {
        double sum = 0;
        double pastWeight = 1;
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            if (Double.isFinite(value)) {
                sum = weight * sum + (1 - weight) * value;
                pastWeight *= weight;
                value = sum / (1 - pastWeight);
            }
            values[i] = value;
        }
        return values;
    }
}
