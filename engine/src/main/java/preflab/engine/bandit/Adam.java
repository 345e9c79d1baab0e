package preflab.engine.bandit;

/** Adam with bias correction; the gradient is scaled down to a norm before it is used. */
public final class Adam implements Update {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double rate;
    private final double clipNorm;
    private double[] first = new double[0];
    private double[] second = new double[0];
    private int steps;

    /**
     * Adam with β = (0.9, 0.999) and ε = 1e-8.
     *
     * @param clipNorm
     *            the norm above which a gradient is scaled down; +∞ for never
     */
    public Adam(double rate, double clipNorm) {
        this.rate = rate;
        this.clipNorm = clipNorm;
    }

    @Override
    public double[] apply(double[] parameters, double[] gradient) {
        if (steps == 0) {
            first = new double[parameters.length];
            second = new double[parameters.length];
        }
        steps++;
        double norm = Tables.norm(gradient);
        double scale = norm > clipNorm ? clipNorm / norm : 1;
        double[] next = parameters.clone();
        for (int i = 0; i < next.length; i++) {
            double g = gradient[i] * scale;
            first[i] = BETA1 * first[i] + (1 - BETA1) * g;
            second[i] = BETA2 * second[i] + (1 - BETA2) * g * g;
            double mean = first[i] / (1 - Math.pow(BETA1, steps));
            double square = second[i] / (1 - Math.pow(BETA2, steps));
            next[i] -= rate * mean / (Math.sqrt(square) + EPSILON);
        }
        return next;
    }
}
