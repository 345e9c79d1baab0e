package preflab.engine.bandit;

/**
 * The gradient of a loss by the table: by log-probabilities as if they were free, and by value logits.
 */
public final class TableGradient {

    private final double[][] logProbs; // [nodes][actions]
    private final double[] valueLogits; // [nodes]

    TableGradient(double[][] logProbs, double[] valueLogits) {
        this.logProbs = logProbs;
        this.valueLogits = valueLogits;
    }

    /** By log π(action | node), [nodes][actions]. */
    public double[][] byLogProbs() {
        return Tables.copy(logProbs);
    }

    /** By logit g, [nodes]. */
    public double[] byValueLogits() {
        return valueLogits.clone();
    }

    /** By the logits of a node's softmax: g − π Σg, [actions]. */
    double[] byLogits(int node, double[] logPolicy) {
        double[] gradient = logProbs[node].clone();
        double total = 0;
        for (double g : gradient) {
            total += g;
        }
        for (int a = 0; a < gradient.length; a++) {
            gradient[a] -= Math.exp(logPolicy[a]) * total;
        }
        return gradient;
    }
}
