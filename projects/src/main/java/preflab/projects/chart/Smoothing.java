package preflab.projects.chart;

/** Causal exponential moving average: what is drawn at a step knows nothing of later steps. */
final class Smoothing {

    private Smoothing() {
    }

    /**
     * s_t = w s_{t−1} + (1 − w) x_t with s_0 = 0, divided by 1 − w^t so that it does not start at zero. Values that are
     * not finite stay as they are and are left out of the average.
     *
     * @param weight
     *            of the past, 0 ≤ w &lt; 1
     */
    static Curve smooth(Curve raw, double weight) {
        double[] values = new double[raw.size()];
        double sum = 0;
        double pastWeight = 1;
        for (int i = 0; i < values.length; i++) {
            double value = raw.value(i);
            if (Double.isFinite(value)) {
                sum = weight * sum + (1 - weight) * value;
                pastWeight *= weight;
                value = sum / (1 - pastWeight);
            }
            values[i] = value;
        }
        return raw.withValues(values);
    }
}
