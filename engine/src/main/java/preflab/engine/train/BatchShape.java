package preflab.engine.train;

/**
 * What a model is asked about at once.
 *
 * @param sequences
 *            N
 * @param width
 *            T, inputs per sequence, padding included
 * @param activeTokens
 *            K, whose log-probabilities are asked for
 */
public record BatchShape(int sequences, int width, int activeTokens) {

    /** N·T. */
    long tokens() {
        return (long) sequences * width;
    }
}
