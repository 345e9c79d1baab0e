package preflab.engine.bandit;

import java.util.Arrays;

/** π(·|x) = softmax(W φ(x)): prompts share their parameters, so that forgetting one disturbs another. */
public final class LinearSoftmax implements TabularPolicy {

    private final double[] weights; // W, [actions·features] by rows
    private final double[][] features; // φ, [nodes][features]

    private LinearSoftmax(double[] weights, double[][] features) {
        this.weights = weights;
        this.features = features;
    }

    /**
     * A policy on the given prompts.
     *
     * @param weights
     *            W, [actions][features]
     * @param features
     *            φ(x) of each prompt, [nodes][features]
     */
    public static LinearSoftmax of(double[][] weights, double[][] features) {
        return new LinearSoftmax(Arrays.stream(weights).flatMapToDouble(Arrays::stream).toArray(),
                Tables.copy(features));
    }

    @Override
    public double[] parameters() {
        return weights.clone();
    }

    @Override
    public LinearSoftmax at(double[] parameters) {
        return new LinearSoftmax(parameters.clone(), features);
    }

    @Override
    public double[][] logProbs() {
        return Arrays.stream(features).map(x -> Tables.logSoftmax(logits(x))).toArray(double[][]::new);
    }

    private double[] logits(double[] x) {
        double[] logits = new double[weights.length / x.length];
        for (int i = 0; i < weights.length; i++) {
            logits[i / x.length] += weights[i] * x[i % x.length];
        }
        return logits;
    }

    @Override
    public double[] valueLogits() {
        return new double[features.length];
    }

    @Override
    public double[] pullBack(TableGradient gradient) {
        double[] byWeights = new double[weights.length];
        double[][] policy = logProbs();
        for (int node = 0; node < features.length; node++) {
            double[] byLogits = gradient.byLogits(node, policy[node]);
            double[] x = features[node];
            for (int i = 0; i < weights.length; i++) {
                byWeights[i] += byLogits[i / x.length] * x[i % x.length];
            }
        }
        return byWeights;
    }
}
