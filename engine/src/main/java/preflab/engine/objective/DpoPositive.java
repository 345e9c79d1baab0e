package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.tensor.Kernels;

/** DPO that penalises a chosen completion falling below the reference. */
public record DpoPositive(double beta, double lambda) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Common.beta(0.1);
    static final Param.OfDouble LAMBDA = Common.lambda(50, "Weight of the penalty", "5 to 50 is usual; 0 is DPO.");

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType
            .named("dpop", "DPO-Positive", Scores.Pairs.class).aliases("dpo_p", "smaug")
            .summary("DPO with a penalty wherever the chosen completion became less likely than under the reference.")
            .use("Pairs with a small edit distance, where DPO lowers the chosen answer.",
                    "λ is as large as published and the data are noisy: chosen answers that deserve to fall cannot.")
            .citation("A. Pal, D. Karkhanis, S. Dooley et al.",
                    "Smaug: Fixing Failure Modes of Preference Optimisation with DPO-Positive", "arXiv", 2024,
                    "https://arxiv.org/abs/2402.13228", "")
            .formula("-\\log\\sigma\\left(\\beta\\left(h_w-h_l-\\lambda\\max(0,-h_w)\\right)\\right)",
                    "-ls(beta (h_w - h_l - lambda max(0, -h_w)))")
            .needs(Common.pairs()).params(BETA, LAMBDA).reward(Common.DPO_REWARD).departures("")
            .make(values -> new DpoPositive(values.get(BETA), values.get(LAMBDA)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosen = pairs.chosen().logRatio(); // h_w, [n]
        NDArray rejected = pairs.rejected().logRatio(); // h_l, [n]
        NDArray penalty = Kernels.times(Common.positivePart(chosen.neg()), lambda); // [n]
        NDArray perPair = Logistic.loss(Kernels.times(chosen.sub(rejected).sub(penalty), beta)); // [n]
        return Common.overPairs(pairs, perPair, Kernels.times(chosen, beta), Kernels.times(rejected, beta));
    }
}
