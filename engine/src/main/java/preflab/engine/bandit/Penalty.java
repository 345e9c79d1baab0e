package preflab.engine.bandit;

import java.util.Arrays;

/** α Σ π², which pulls a policy towards the uniform one. */
record Penalty(double alpha) {

    double value(double[] pi) {
        return alpha * Arrays.stream(pi).map(p -> p * p).sum();
    }

    /** Adds the gradient by the logits, [n], to the first n numbers. */
    void addGradient(double[] pi, double[] gradient) {
        double mean = 2 * alpha * Arrays.stream(pi).map(p -> p * p).sum(); // Σ π · dvalue/dπ
        for (int i = 0; i < pi.length; i++) {
            gradient[i] += pi[i] * (2 * alpha * pi[i] - mean);
        }
    }
}
