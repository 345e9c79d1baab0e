package preflab.engine.objective;

import ai.djl.ndarray.NDArray;

/** How a likelihood is averaged over tokens and sequences. */
public enum Norm {
    /** Σ of all tokens over the number of active tokens in the batch. */
    TOKEN_MEAN,
    /** Mean over sequences of each one's mean over its tokens. */
    SEQ_MEAN,
    /** Mean over sequences of each one's sum over its tokens. */
    SUM;

    /** −log-likelihood of a group, a scalar; 0 for an empty group. */
    public NDArray negativeLogLikelihood(SequenceScores sequences) {
        return switch (this) {
            case TOKEN_MEAN -> sequences.tokenMean(sequences.tokenLogProbs()).neg();
            case SEQ_MEAN -> sequences.mean(sequences.average()).neg();
            case SUM -> sequences.mean(sequences.sum()).neg();
        };
    }
}
