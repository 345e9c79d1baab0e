package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.param.Params;

/** How per-token losses are averaged. */
public enum TokenNorm {
    /** Summed over an answer's tokens, averaged over answers. */
    SUM,
    /** Averaged over all active tokens of the batch. */
    TOKEN_MEAN;

    static final Param.OfChoice PARAM = Params.choice("norm", "Average over", SUM,
            "sum: over an answer's tokens, mean over answers; token_mean: over all tokens of the batch.");

    /** Per-token values [n,T] to a scalar; 0 for an empty group. */
    NDArray mean(SequenceScores answers, NDArray perToken) {
        return this == SUM ? answers.mean(answers.maskedSum(perToken)) : answers.tokenMean(perToken);
    }
}
