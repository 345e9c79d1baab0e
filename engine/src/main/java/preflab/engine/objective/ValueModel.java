package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.tensor.Kernels;

/** PIPA's g_t = p(c_t = 1 | x, y_&lt;t): from the policy's value head, or constantly one half. */
public enum ValueModel {
    LEARNED {
        @Override
        NDArray logits(SequenceScores answers) {
            return answers.active(answers.valueLogits());
        }
    },
    FIXED_HALF {
        @Override
        NDArray logits(SequenceScores answers) {
            return answers.tokenLogProbs().zerosLike();
        }
    };

    /** logit g_t, 0 where the mask does not hold; [n,T]. */
    abstract NDArray logits(SequenceScores answers);

    /** log g_t, [n,T]. */
    NDArray logRight(SequenceScores answers) {
        return Kernels.logSigmoid(logits(answers));
    }

    /** exp(mean_t log p(c_t | x, y_&lt;t)) of each answer: 0.5 for a head that knows nothing, 1 for a perfect one. [n] */
    NDArray geometricLikelihood(SequenceScores answers) {
        NDArray logits = logits(answers);
        NDArray ofLabel = Kernels.select(answers.labels(), logits, logits.neg()); // logit p(c_t)
        return answers.maskedSum(Kernels.logSigmoid(ofLabel)).div(answers.lengths().maximum(1)).exp();
    }
}
