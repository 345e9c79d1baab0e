package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.tensor.Kernels;

/** NPO that imitates the retain set. */
public record NpoRetain(double beta, double lambda, Norm retainNorm) implements Objective<Scores.Unlearning> {

    public static final ObjectiveType<Scores.Unlearning> TYPE = ObjectiveType
            .named("npo_rt", "NPO+RT", Scores.Unlearning.class)
            .summary("NPO on what is to be forgotten, imitation of what is to be kept.")
            .use("Forget and retain rows, and the retain answers may be imitated.",
                    "The model answers the retain prompts better than the retain rows do: then npo_kl.")
            .citation("R. Zhang, L. Lin, Y. Bai, S. Mei",
                    "Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning", "COLM",
                    2024,
                    "https://arxiv.org/abs/2404.05868", "")
            .formula("\\mathcal{L}_{\\mathrm{NPO}}-\\lambda\\,\\mathbb{E}_{r}[\\log\\pi_\\theta]",
                    "NPO + lambda NLL(retain)")
            .needs(values -> Unlearn.retaining(Unlearn.withReference(), values.get(Unlearn.LAMBDA)))
            .params(Unlearn.BETA, Unlearn.LAMBDA, Unlearn.RETAIN_NORM)
            .reward(Common.DPO_REWARD).departures("")
            .make(values -> new NpoRetain(values.get(Unlearn.BETA), values.get(Unlearn.LAMBDA),
                    values.get(Unlearn.RETAIN_NORM, Norm.class)));

    @Override
    public LossTerms loss(Scores.Unlearning scores, State state) {
        NDArray reward = Kernels.times(scores.forget().logRatio(), beta); // [n]
        NDArray forget = Unlearn.negativePreference(scores.forget(), reward, beta); // scalar
        NDArray retain = Kernels.times(retainNorm.negativeLogLikelihood(scores.retain()), lambda); // scalar
        return Unlearn.sum(scores, forget, retain, Unlearn.forgetReward(scores, beta));
    }
}
