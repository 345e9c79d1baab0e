package preflab.engine.objective;

import ai.djl.ndarray.NDArray;

/** How per-token losses are averaged. */
public enum TokenNorm {
    /** Summed over an answer's tokens, averaged over answers. */
    SUM,
    /** Averaged over all active tokens of the batch. */
    TOKEN_MEAN;

    /** Per-token values [n,T] to a scalar; 0 for an empty group. */
    NDArray mean(SequenceScores answers, NDArray perToken) {
        return this == SUM ? answers.mean(answers.maskedSum(perToken)) : answers.tokenMean(perToken);
    }
}
