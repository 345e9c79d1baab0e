package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.datasets.example.Kind;
import preflab.engine.param.Param;
import preflab.engine.param.ParamValues;
import preflab.engine.param.Params;
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

    static final Param.OfChoice PARAM = Params.choice("value_head", "Value head", LEARNED,
            "learned: a small network on the trunk estimates p(right so far); fixed_half: the constant 1/2.");

    /** What PIPA needs under these hyper-parameters. */
    static Needs needs(ParamValues values) {
        Needs needs = Needs.withReference(Kind.STEPWISE, Kind.UNPAIRED, Kind.PAIRED).asPrior();
        return values.get(PARAM, ValueModel.class) == LEARNED ? needs.andValueHead() : needs;
    }

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
        return answers.maskedSum(Kernels.logSigmoid(ofLabel)).div(Kernels.atLeast(answers.lengths(), 1)).exp();
    }

    /** What PIPA logs: rewards and log π by answer, and how well the head knows the labels. */
    Diagnostics diagnostics(SequenceScores answers) {
        return Diagnostics.none().byAnswer("rewards", answers, answers.logRatio())
                .byAnswer("logps", answers, answers.sum())
                .put("value/geo_likelihood", geometricLikelihood(answers));
    }
}
