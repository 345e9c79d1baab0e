package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** Prior-informed preference alignment with the prior p(y|x), token by token, with a value head for p(c_t = 1 | y_&lt;t). */
public record PipaM(ValueModel valueHead, double clipEps, boolean clipPositive,
        TokenNorm norm) implements Objective<Scores.Steps> {

    static final Param.OfChoice VALUE_HEAD = ValueModel.PARAM;
    static final Param.OfDouble CLIP_EPS = Params.below("clip_eps", "ε", "Clip on wrong tokens", 1e-6, 0, 1,
            "Wrong tokens whose F reaches 1 - ε contribute -log ε and no gradient.");
    static final Param.OfBoolean CLIP_POSITIVE = Params.flag("clip_positive", "Cap right tokens", false,
            "Right tokens whose F exceeds 1 contribute nothing, instead of a negative loss.");
    static final Param.OfChoice NORM = TokenNorm.PARAM;

    public static final ObjectiveType<Scores.Steps> TYPE = ObjectiveType.named("pipa_m", "PIPA-M", Scores.Steps.class)
            .aliases("pipa")
            .summary("Maximum likelihood of step labels, with the reference as prior of all answers.")
            .use("Right and wrong answers or steps, and you want a value head that estimates p(right) on the way.",
                    "No memory for a value head, or only pairs without labels.")
            .citation("J. Li, Z. Wang, Q. Liu", "PIPA: Preference Alignment as Prior-Informed Statistical Estimation",
                    "ICML", 2025, "https://arxiv.org/abs/2502.05773", "Algorithm 1")
            .formula("-\\sum_{c_t=1}\\log F_t-\\sum_{c_t=0}\\log(1-F_t),\\;"
                    + "F_t=\\pi_\\theta(y_t)\\,g_t/\\pi_{\\mathrm{prior}}(y_t)",
                    "-sum_{c=1} log F - sum_{c=0} log(1 - F),  log F_t = logp_t + log g_t - prior_t")
            .needs(ValueModel::needs).params(VALUE_HEAD, CLIP_EPS, CLIP_POSITIVE, NORM)
            .reward("log π_θ(y) − log π_prior(y), summed over tokens.")
            .departures(
                    "Only wrong tokens are clipped (the paper's section 2.2 could be read as clipping both): the loss "
                            + "can be negative where F > 1. The paper's eq. (3) misses a log on its left-hand side.")
            .make(values -> new PipaM(values.get(VALUE_HEAD, ValueModel.class), values.get(CLIP_EPS),
                    values.get(CLIP_POSITIVE), values.get(NORM, TokenNorm.class)));

    @Override
    public LossTerms loss(Scores.Steps scores, State state) {
        SequenceScores answers = scores.sequences();
        NDArray logF = answers.tokenLogRatio().add(valueHead.logRight(answers)); // [n,T]
        NDArray perToken = Kernels.select(answers.labels(), right(logF), wrong(logF)); // [n,T]
        return LossTerms.of(norm.mean(answers, perToken), diagnostics(answers, logF));
    }

    /** −log F, capped at F = 1 on request; [n,T]. */
    private NDArray right(NDArray logF) {
        return (clipPositive ? Kernels.select(logF.lt(0), logF, logF.zerosLike()) : logF).neg();
    }

    /** −log(1 − F), constant where F is clipped; the stand-in keeps log(1 − F) finite there. [n,T] */
    private NDArray wrong(NDArray logF) {
        NDArray clipped = clipped(logF);
        NDArray safe = Kernels.select(clipped, logF.onesLike().neg(), logF);
        NDArray bound = Kernels.times(logF.onesLike(), -Math.log(clipEps));
        return Kernels.select(clipped, bound, Kernels.log1mExp(safe).neg());
    }

    private NDArray clipped(NDArray logF) {
        return logF.gte(Math.log1p(-clipEps));
    }

    private Map<String, NDArray> diagnostics(SequenceScores answers, NDArray logF) {
        NDArray wrong = answers.labels().logicalNot();
        return valueHead.diagnostics(answers)
                .put("pipa/clipped_share", Diagnostics.share(answers, clipped(logF), wrong)).build();
    }
}
