package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.tensor.Kernels;

/** Maximum a posteriori preference optimisation: the rejected log-ratio counts by the gap of rewards. */
public record MaPpo(double beta) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Common.beta(0.1);

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType.named("mappo", "MaPPO", Scores.Pairs.class)
            .summary("DPO that pushes the rejected completion down only as far as its reward lags behind.")
            .use("Pairs carry a gap of rewards: nearly equal answers should push the rejected one less.",
                    "No rewards are known.")
            .citation("G. Lan, S. Zhang, T. Wang et al.",
                    "MaPPO: Maximum a Posteriori Preference Optimization with Prior Knowledge", "arXiv", 2025,
                    "https://arxiv.org/abs/2507.21183", "")
            .formula("-\\log\\sigma\\left(\\beta h_w-\\Delta_i\\beta h_l\\right)", "-ls(beta h_w - gap_i beta h_l)")
            .needs(Common.pairs().andNumber(PairNumber.REWARD_GAP))
            .params(BETA).reward(Common.DPO_REWARD)
            .departures(
                    "The gap is the pair's column reward_gap, or else the difference of its scores, which "
                            + "must lie in [0, 1].")
            .make(values -> new MaPpo(values.get(BETA)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(pairs.chosen().logRatio(), beta); // [n]
        NDArray rejectedReward = Kernels.times(pairs.rejected().logRatio(), beta); // [n]
        NDArray margin = chosenReward.sub(rejectedReward.mul(pairs.number(PairNumber.REWARD_GAP))); // [n]
        return Common.overPairs(pairs, Logistic.loss(margin), chosenReward, rejectedReward);
    }
}
