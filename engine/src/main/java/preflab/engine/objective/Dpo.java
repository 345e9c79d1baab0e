package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** Direct preference optimisation; with label smoothing, conservative DPO. */
public record Dpo(double beta, double labelSmoothing) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Params.positive("beta", "β", "Strength of the reference", 0.1,
            "Larger keeps the policy closer to the reference; 0.01 to 0.5 is usual.");
    static final Param.OfDouble LABEL_SMOOTHING = Common.labelSmoothing(0,
            "The assumed share of swapped labels; above 0 this is conservative DPO.");

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType.named("dpo", "DPO", Scores.Pairs.class)
            .aliases("cdpo")
            .summary("Widen the gap between chosen and rejected log-ratios through a logistic loss.")
            .use("You have pairs and a reference; the usual first choice and the baseline of most papers.",
                    "Pairs share most of their tokens: the chosen log-probability can fall with the rejected "
                            + "one. Then lower the learning rate, add imitation (sft_coefficient), or take an anchored "
                            + "loss such as apo or dpop.")
            .citation("R. Rafailov, A. Sharma, E. Mitchell et al.",
                    "Direct Preference Optimization: Your Language Model is Secretly a Reward Model", "NeurIPS", 2023,
                    "https://arxiv.org/abs/2305.18290", "eq. 7")
            .formula("-(1-\\varepsilon)\\log\\sigma(z)-\\varepsilon\\log\\sigma(-z),\\; z=\\beta(h_w-h_l)",
                    "-(1-eps) ls(z) - eps ls(-z),  z = beta (h_w - h_l)")
            .needs(Common.pairs()).params(BETA, LABEL_SMOOTHING)
            .reward(Common.DPO_REWARD)
            .departures("").make(values -> new Dpo(values.get(BETA), values.get(LABEL_SMOOTHING)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(pairs.chosen().logRatio(), beta); // [n]
        NDArray rejectedReward = Kernels.times(pairs.rejected().logRatio(), beta); // [n]
        NDArray perPair = Logistic.smoothed(chosenReward.sub(rejectedReward), labelSmoothing); // [n]
        return Common.overPairs(pairs, perPair, chosenReward, rejectedReward);
    }
}
