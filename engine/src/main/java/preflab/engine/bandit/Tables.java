package preflab.engine.bandit;

import java.util.Arrays;

/** Arithmetic on tables of probabilities, in float64; log-probabilities throughout, so that nothing underflows. */
public final class Tables {

    private Tables() {
    }

    /** log Σ exp(x). */
    static double logSumExp(double[] x) {
        double highest = Arrays.stream(x).max().orElse(Double.NEGATIVE_INFINITY);
        double sum = 0;
        for (double value : x) {
            sum += Math.exp(value - highest);
        }
        return highest + Math.log(sum);
    }

    /** log softmax(x). */
    public static double[] logSoftmax(double[] logits) {
        double total = logSumExp(logits);
        return Arrays.stream(logits).map(x -> x - total).toArray();
    }

    public static double[] exp(double[] logProbs) {
        return Arrays.stream(logProbs).map(Math::exp).toArray();
    }

    public static double[] log(double[] probabilities) {
        return Arrays.stream(probabilities).map(Math::log).toArray();
    }

    public static double sigmoid(double x) {
        double e = Math.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /** Total variation, half the L1 distance; in [0, 1]. */
    public static double totalVariation(double[] p, double[] q) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += Math.abs(p[i] - q[i]);
        }
        return sum / 2;
    }

    /** The Euclidean distance. */
    public static double euclidean(double[] p, double[] q) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += (p[i] - q[i]) * (p[i] - q[i]);
        }
        return Math.sqrt(sum);
    }

    /** KL(p‖q) from log-probabilities, in nats; +∞ where q lacks what p has. */
    public static double kl(double[] logP, double[] logQ) {
        double sum = 0;
        for (int i = 0; i < logP.length; i++) {
            double p = Math.exp(logP[i]);
            sum += p == 0 ? 0 : p * (logP[i] - logQ[i]);
        }
        return sum;
    }

    /** Bradley–Terry: how often i is preferred to j where quality is a probability. */
    static double preference(double[] quality, int i, int j) {
        return quality[i] / (quality[i] + quality[j]);
    }

    static double norm(double[] x) {
        return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
    }

    static double largest(double[] x) {
        return Arrays.stream(x).map(Math::abs).max().orElse(0);
    }

    /** Copies of the rows of a table. */
    static double[][] copy(double[][] table) {
        return Arrays.stream(table).map(double[]::clone).toArray(double[][]::new);
    }

    /** Zeros in the shape of a table. */
    static double[][] zeros(double[][] table) {
        return Arrays.stream(table).map(row -> new double[row.length]).toArray(double[][]::new);
    }
}
