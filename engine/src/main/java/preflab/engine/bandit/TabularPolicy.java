package preflab.engine.bandit;

/**
 * A policy small enough to be written out: at every node (a prompt, or a prefix of a tree) a distribution over its
 * actions, and where a value head is wanted, a logit of g. Immutable: {@link #at} is the same policy elsewhere.
 */
public interface TabularPolicy {

    /** What is learned, [P]. */
    double[] parameters();

    /** The same policy with other parameters, [P]. */
    TabularPolicy at(double[] parameters);

    /** log π(action | node), [nodes][actions]. */
    double[][] logProbs();

    /** logit g at each node, [nodes]; zeros where there is no value head. */
    double[] valueLogits();

    /**
     * The chain rule: the gradient by parameters, [P], from the gradient by log-probabilities (as if they were free)
     * and by value logits.
     */
    double[] pullBack(TableGradient gradient);
}
