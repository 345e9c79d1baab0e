package preflab.engine.bandit;

/** One step of an optimizer on a vector of parameters; keeps its own moments. */
@FunctionalInterface
public interface Update {

    /** The parameters after the step, [P]. */
    double[] apply(double[] parameters, double[] gradient);

    /** θ − rate · g. */
    static Update gradientDescent(double rate) {
        return (parameters, gradient) -> {
            double[] next = parameters.clone();
            for (int i = 0; i < next.length; i++) {
                next[i] -= rate * gradient[i];
            }
            return next;
        };
    }
}
