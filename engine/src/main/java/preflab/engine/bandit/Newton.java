package preflab.engine.bandit;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Minimises by damped Newton from gradients alone, with a Hessian by central differences. The damping grows until the
 * Hessian is positive definite and the step does not climb at its end, so that it goes downhill even where the loss is
 * not convex; it also holds the directions that change nothing (a softmax's shift).
 */
final class Newton {

    private static final int ITERATIONS = 400;
    private static final int PATIENCE = 25; // iterations without a smaller gradient: rounding is all that is left
    private static final double LEAST_DAMPING = 1e-9;

    private Newton() {
    }

    /** Parameters of a minimum: where the gradient is as near to zero as could be reached. */
    static double[] solve(UnaryOperator<double[]> gradient, double[] start) {
        return solve(gradient, start, Double.POSITIVE_INFINITY);
    }

    /** The same within the valley of the start: no parameter moves further than the radius in one step. */
    static double[] solve(UnaryOperator<double[]> gradient, double[] start, double radius) {
        double[] x = start.clone();
        double[] g = gradient.apply(x);
        double[] best = x;
        double least = Tables.norm(g);
        double damping = LEAST_DAMPING;
        int waited = 0;
        for (int i = 0; i < ITERATIONS && waited < PATIENCE && least > 0; i++) {
            double[] step = limited(step(hessian(gradient, x), g, damping), radius);
            if (Tables.norm(step) < 1e-13 * (1 + Tables.norm(x))) {
                break;
            }
            double[] next = minus(x, step);
            double[] at = gradient.apply(next);
            double slope = dot(g, step);
            if (slope > 0 && -dot(at, step) <= slope / 2) {
                x = next;
                g = at;
                damping = Math.max(LEAST_DAMPING, damping / 10);
            } else {
                damping *= 10;
            }
            waited = Tables.norm(g) < least ? 0 : waited + 1;
            if (waited == 0) {
                least = Tables.norm(g);
                best = x;
            }
        }
        return best;
    }

    private static double[] limited(double[] step, double radius) {
        double largest = Tables.largest(step);
        return largest <= radius ? step : Arrays.stream(step).map(x -> x * radius / largest).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[][] hessian(UnaryOperator<double[]> gradient, double[] x) {
        double[][] rows = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            double h = 1e-5 * Math.max(1, Math.abs(x[i]));
            double[] above = gradient.apply(moved(x, i, h));
            double[] below = gradient.apply(moved(x, i, -h));
            rows[i] = minus(above, below);
            for (int j = 0; j < x.length; j++) {
                rows[i][j] /= 2 * h;
            }
        }
        return rows;
    }

    private static double[] moved(double[] x, int i, double by) {
        double[] moved = x.clone();
        moved[i] += by;
        return moved;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = a.clone();
        for (int i = 0; i < a.length; i++) {
            difference[i] -= b[i];
        }
        return difference;
    }

    /** (H + damping·max|H|·I)⁻¹ g, with as much more damping as makes the matrix positive definite. */
    private static double[] step(double[][] hessian, double[] g, double damping) {
        double scale = Double.MIN_NORMAL;
        for (double[] row : hessian) {
            scale = Math.max(scale, Tables.largest(row));
        }
        double[][] factor = new double[0][];
        for (double more = damping; factor.length == 0; more *= 4) {
            factor = cholesky(hessian, more * scale);
        }
        return solve(factor, g);
    }

    /** L with L Lᵀ = (H + Hᵀ)/2 + shift·I; no rows if that is not positive definite. */
    private static double[][] cholesky(double[][] h, double shift) {
        double[][] l = Tables.zeros(h);
        for (int i = 0; i < h.length; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = (h[i][j] + h[j][i]) / 2 + (i == j ? shift : 0);
                for (int k = 0; k < j; k++) {
                    rest -= l[i][k] * l[j][k];
                }
                if (i == j && !(rest > 0)) {
                    return new double[0][];
                }
                l[i][j] = i == j ? Math.sqrt(rest) : rest / l[j][j];
            }
        }
        return l;
    }

    /** Solves L Lᵀ x = b. */
    private static double[] solve(double[][] l, double[] b) {
        double[] x = b.clone();
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= l[i][k] * x[k];
            }
            x[i] /= l[i][i];
        }
        for (int i = x.length - 1; i >= 0; i--) {
            for (int k = i + 1; k < x.length; k++) {
                x[i] -= l[k][i] * x[k];
            }
            x[i] /= l[i][i];
        }
        return x;
    }
}
