package preflab.engine.model;

import java.util.function.DoubleUnaryOperator;

/** What {@link PlainDecoder} does to vectors that knows nothing of weights, as textbooks write it. */
final class PlainMath {

    private PlainMath() {
    }

    static double[] part(double[] x, int from, int length) {
        double[] y = new double[length];
        System.arraycopy(x, from, y, 0, length);
        return y;
    }

    static double[] sum(double[] a, double[] b) {
        double[] y = new double[a.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = a[i] + b[i];
        }
        return y;
    }

    static double[] each(double[] x, DoubleUnaryOperator change) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = change.applyAsDouble(x[i]);
        }
        return y;
    }

    static double geluNew(double z) {
        return z / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z)));
    }

    /** By the power series of the error function, exact enough for |z| up to about 4. */
    static double gelu(double z) {
        double x = z / Math.sqrt(2.0);
        double term = x;
        double erf = 0;
        for (int n = 0; n < 120; n++) {
            erf += term / (2 * n + 1);
            term *= -x * x / (n + 1);
        }
        return z / 2 * (1 + erf * 2 / Math.sqrt(Math.PI));
    }
}
