package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** NPO without a reference, per token. */
public record SimNpo(double beta, double gamma, double lambda,
        Norm retainNorm) implements Objective<Scores.Unlearning> {

    static final Param.OfDouble BETA = Params.positive("beta", "β", "Inverse temperature", 2.5,
            "Multiplies the log-probability per token.");
    static final Param.OfDouble GAMMA = Params.nonNegative("gamma", "γ", "Margin", 0,
            "How far below 0 the reward must fall; outside β.");
    static final Param.OfDouble LAMBDA = Common.lambda(0, "Weight of the retain set",
            "How strongly what is to be kept is protected.");

    public static final ObjectiveType<Scores.Unlearning> TYPE = ObjectiveType
            .named("simnpo", "SimNPO", Scores.Unlearning.class)
            .summary("NPO by likelihood per token; needs no reference.")
            .use("Unlearning without a reference; forget answers of very different lengths.",
                    "You need the forgetting to stop near the reference.")
            .citation("C. Fan, J. Liu, L. Lin et al.",
                    "Simplicity Prevails: Rethinking Negative Preference Optimization for LLM Unlearning", "arXiv",
                    2024,
                    "https://arxiv.org/abs/2410.07163", "")
            .formula("-\\frac{2}{\\beta}\\mathbb{E}_{f}\\log\\sigma(-\\beta A-\\gamma)",
                    "-(2/beta) mean_forget ls(-beta A - gamma) + lambda NLL(retain)")
            .needs(values -> Unlearn.retaining(Unlearn.policyOnly(), values.get(LAMBDA)))
            .params(BETA, GAMMA, LAMBDA, Unlearn.RETAIN_NORM)
            .reward("β A(y), A(y) = log π_θ(y) per token; not comparable with DPO's.")
            .departures("The margin is outside beta, as in the paper; released code multiplies it by beta.")
            .make(values -> new SimNpo(values.get(BETA), values.get(GAMMA), values.get(LAMBDA),
                    values.get(Unlearn.RETAIN_NORM, Norm.class)));

    @Override
    public LossTerms loss(Scores.Unlearning scores, State state) {
        NDArray reward = Kernels.times(scores.forget().average(), beta); // [n]
        NDArray forget = Unlearn.negativePreference(scores.forget(), reward.add(gamma), beta); // scalar
        NDArray retain = Kernels.times(retainNorm.negativeLogLikelihood(scores.retain()), lambda); // scalar
        return Unlearn.sum(scores, forget, retain, Diagnostics.none().put("rewards/forget", reward));
    }
}
