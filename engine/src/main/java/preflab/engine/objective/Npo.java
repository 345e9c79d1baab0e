package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.tensor.Kernels;

/** Negative preference optimisation: unlearning that stops where it has succeeded. */
public record Npo(double beta) implements Objective<Scores.Unlearning> {

    public static final ObjectiveType<Scores.Unlearning> TYPE = ObjectiveType
            .named("npo", "NPO", Scores.Unlearning.class)
            .summary("DPO with the winner left out: lowers what is to be forgotten, ever more gently.")
            .use("Forget rows with a reference: like GA at first, then ever slower, so that collapse is put off.",
                    "What is near the forget set must be kept: add retain rows (npo_rt or npo_kl).")
            .citation("R. Zhang, L. Lin, Y. Bai, S. Mei",
                    "Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning", "COLM",
                    2024,
                    "https://arxiv.org/abs/2404.05868", "")
            .formula(
                    ""
                            + "\\frac{2}{\\beta}\\mathbb{E}_{f}\\log\\left(1+\\left(\\frac{\\pi_\\theta}{\\pi_{\\mathrm{ref}}}\\right)^{\\beta}\\right)",
                    "-(2/beta) mean_forget ls(-beta h)")
            .needs(Unlearn.withReference()).params(Unlearn.BETA)
            .reward(Common.DPO_REWARD).departures("").make(values -> new Npo(values.get(Unlearn.BETA)));

    @Override
    public LossTerms loss(Scores.Unlearning scores, State state) {
        NDArray reward = Kernels.times(scores.forget().logRatio(), beta); // [n]
        return LossTerms.of(Unlearn.negativePreference(scores.forget(), reward, beta),
                Unlearn.logps(scores, Unlearn.forgetReward(scores, beta)));
    }
}
