package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import preflab.datasets.example.Kind;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** What the unlearning losses share: needs, the retain term, and diagnostics. */
final class Unlearn {

    static final Param.OfDouble BETA = Params.positive("beta", "β", "Inverse temperature", 0.1,
            "Near 0 the loss becomes gradient ascent; larger stops sooner.");
    static final Param.OfDouble LAMBDA = Common.lambda(1, "Weight of the retain set",
            "How strongly what is to be kept is protected.");
    static final Param.OfChoice NORM = Params.choice("norm", "Average over", Norm.SUM,
            "sum: per completion, as in theory; token_mean: per token of the batch, as in released code; seq_mean.");
    static final Param.OfChoice RETAIN_NORM = Params.choice("retain_norm", "Retain per", Norm.TOKEN_MEAN,
            "What one unit of the retain set's mean is: token_mean, seq_mean or sum.");

    private Unlearn() {
    }

    static Needs policyOnly() {
        return Needs.policyOnly(Kind.FORGET_RETAIN);
    }

    static Needs withReference() {
        return Needs.withReference(Kind.FORGET_RETAIN);
    }

    /** Asks for a retain set where it counts. */
    static Needs retaining(Needs needs, double lambda) {
        return lambda > 0 ? needs.andRetain() : needs;
    }

    /** −(2/β) mean log σ(−x) over the forget set, for x = β h or the like [n]; a scalar. */
    static NDArray negativePreference(SequenceScores forget, NDArray x, double beta) {
        return forget.mean(Kernels.times(Logistic.loss(x.neg()), 2 / beta));
    }

    /** A forget and a retain term. */
    static LossTerms sum(Scores.Unlearning scores, NDArray forget, NDArray retain, Diagnostics diagnostics) {
        Map<String, NDArray> terms = new LinkedHashMap<>(); // scalars
        terms.put("loss/forget", forget);
        terms.put("loss/retain", retain);
        return LossTerms.sum(terms, logps(scores, diagnostics));
    }

    static Map<String, NDArray> logps(Scores.Unlearning scores, Diagnostics diagnostics) {
        return diagnostics.put("logps/forget", scores.forget().sum()).put("logps/retain", scores.retain().sum())
                .build();
    }

    /** β h of what is to be forgotten. */
    static Diagnostics forgetReward(Scores.Unlearning scores, double beta) {
        return Diagnostics.none().put("rewards/forget", Kernels.times(scores.forget().logRatio(), beta));
    }
}
