package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** Efficient exact optimisation on pairs: the reverse KL between the policy's and the labels' preference. */
public record Exo(double beta, double labelSmoothing) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Common.beta(0.1);
    static final Param.OfDouble LABEL_SMOOTHING = Params.inside("label_smoothing", "ε", "Label smoothing", 1e-3, 0,
            0.5, "The target gives the rejected completion this much probability; it must not be 0.");

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType.named("exo", "EXO", Scores.Pairs.class)
            .aliases("exo_pair")
            .summary("Match the policy's preference over the pair to a smoothed label by the mode-seeking KL.")
            .use("You want the probability-matching form of the pairwise loss, with mode-seeking behaviour.",
                    "Labels are noisier than label_smoothing says.")
            .citation("H. Ji, C. Lu, Y. Niu et al.", "Towards Efficient Exact Optimization of Language Model Alignment",
                    "ICML", 2024, "https://arxiv.org/abs/2402.00856", "eq. 16")
            .formula("\\sigma(z)\\log\\frac{\\sigma(z)}{1-\\varepsilon}"
                    + "+\\sigma(-z)\\log\\frac{\\sigma(-z)}{\\varepsilon},\\; z=\\beta(h_w-h_l)",
                    "sig(z) [ls(z) - log(1-eps)] + sig(-z) [ls(-z) - log eps],  z = beta (h_w - h_l)")
            .needs(Common.pairs()).params(BETA, LABEL_SMOOTHING).reward(Common.DPO_REWARD).departures("")
            .make(values -> new Exo(values.get(BETA), values.get(LABEL_SMOOTHING)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(pairs.chosen().logRatio(), beta); // [n]
        NDArray rejectedReward = Kernels.times(pairs.rejected().logRatio(), beta); // [n]
        NDArray z = chosenReward.sub(rejectedReward); // [n]
        NDArray perPair = side(z, 1 - labelSmoothing).add(side(z.neg(), labelSmoothing)); // [n]
        return Common.overPairs(pairs, perPair, chosenReward, rejectedReward);
    }

    /** σ(z) · (log σ(z) − log target). */
    private static NDArray side(NDArray z, double target) {
        return Kernels.sigmoid(z).mul(Kernels.logSigmoid(z).sub(Math.log(target)));
    }
}
