package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.tensor.Kernels;

/** DPO made unbiased under randomly swapped labels. */
public record RobustDpo(double beta, double labelSmoothing) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Common.beta(0.1);
    static final Param.OfDouble LABEL_SMOOTHING = Common.labelSmoothing(0.1,
            "The share of swapped labels, which the loss corrects for; 0 is DPO.");

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType
            .named("robust_dpo", "Robust DPO", Scores.Pairs.class).aliases("rdpo", "robust")
            .summary("DPO whose expectation under swapped labels is the loss without them; can be negative.")
            .use("A known share of labels is swapped: the loss is unbiased for that share.",
                    "The share is unknown or near one half: the variance grows with 1/(1 − 2ε).")
            .citation("S. R. Chowdhury, A. Kini, N. Natarajan",
                    "Provably Robust DPO: Aligning Language Models with Noisy Feedback", "ICML", 2024,
                    "https://arxiv.org/abs/2403.00409", "")
            .formula("\\frac{-(1-\\varepsilon)\\log\\sigma(z)+\\varepsilon\\log\\sigma(-z)}{1-2\\varepsilon},"
                    + "\\; z=\\beta(h_w-h_l)", "[-(1-eps) ls(z) + eps ls(-z)] / (1 - 2 eps),  z = beta (h_w - h_l)")
            .needs(Common.pairs()).params(BETA, LABEL_SMOOTHING).reward(Common.DPO_REWARD).departures("")
            .make(values -> new RobustDpo(values.get(BETA), values.get(LABEL_SMOOTHING)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(pairs.chosen().logRatio(), beta); // [n]
        NDArray rejectedReward = Kernels.times(pairs.rejected().logRatio(), beta); // [n]
        NDArray z = chosenReward.sub(rejectedReward); // [n]
        NDArray perPair = Kernels.dividedBy(Kernels.times(Logistic.loss(z), 1 - labelSmoothing)
                .sub(Kernels.times(Logistic.loss(z.neg()), labelSmoothing)), 1 - 2 * labelSmoothing); // [n]
        return Common.overPairs(pairs, perPair, chosenReward, rejectedReward);
    }
}
