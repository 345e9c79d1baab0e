package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.tensor.Kernels;

/** DPO with a weight per pair. */
public record WeightedDpo(double beta) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Common.beta(0.1);

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType
            .named("weighted_dpo", "Weighted DPO", Scores.Pairs.class).aliases("madpo")
            .summary("DPO in which some pairs count more than others.")
            .use("Pairs differ in how much they should count, for instance by annotators' agreement.",
                    "Weights are all alike.")
            .citation("H. G. Rho",
                    "Margin Adaptive DPO: Leveraging Reward Model for Granular Control in Preference Optimization",
                    "arXiv", 2025, "https://arxiv.org/abs/2510.05342", "")
            .formula("-w_i\\log\\sigma(\\beta(h_w-h_l))", "-weight_i ls(beta (h_w - h_l))")
            .needs(Common.pairs().andNumber(PairNumber.WEIGHT))
            .params(BETA).reward(Common.DPO_REWARD)
            .departures(
                    "The weight is the pair's column weight, or else the difference of its scores: the paper's own function of a reward margin is not computed here. The mean "
                            + "is over pairs, not divided by the sum of the weights.")
            .make(values -> new WeightedDpo(values.get(BETA)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(pairs.chosen().logRatio(), beta); // [n]
        NDArray rejectedReward = Kernels.times(pairs.rejected().logRatio(), beta); // [n]
        NDArray perPair = Logistic.loss(chosenReward.sub(rejectedReward)).mul(pairs.number(PairNumber.WEIGHT)); // [n]
        return Common.overPairs(pairs, perPair, chosenReward, rejectedReward);
    }
}
