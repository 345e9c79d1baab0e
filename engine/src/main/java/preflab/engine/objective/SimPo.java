package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** Simple preference optimisation: length-averaged log-probabilities, a target margin, no reference. */
public record SimPo(double beta, double gamma) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Params.positive("beta", "β", "Scale of the reward", 2,
            "Multiplies the log-probability per token; 2 to 10 is usual.");
    static final Param.OfDouble GAMMA = Params.nonNegative("gamma", "γ", "Target margin", 1,
            "The gap of rewards asked for, outside β; 0.3 to 1.6 is usual.").alias("simpo_gamma");

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType.named("simpo", "SimPO", Scores.Pairs.class)
            .summary("Rank by likelihood per token with a margin; needs no reference.")
            .use("No memory for a reference; generation is judged per token, so average log-probability is the reward.",
                    "You need to stay near the reference: nothing holds the policy there but a small learning rate.")
            .citation("Y. Meng, M. Xia, D. Chen", "SimPO: Simple Preference Optimization with a Reference-Free Reward",
                    "NeurIPS", 2024, "https://arxiv.org/abs/2405.14734", "eq. 6")
            .formula("-\\log\\sigma\\left(\\beta(A_w-A_l)-\\gamma\\right)", "-ls(beta (A_w - A_l) - gamma)")
            .needs(Common.pairsWithoutReference()).params(BETA, GAMMA)
            .reward("β A(y), A(y) = log π_θ(y) per token; not comparable with DPO's.").departures("")
            .make(values -> new SimPo(values.get(BETA), values.get(GAMMA)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(pairs.chosen().average(), beta); // [n]
        NDArray rejectedReward = Kernels.times(pairs.rejected().average(), beta); // [n]
        NDArray perPair = Logistic.loss(chosenReward.sub(rejectedReward).sub(gamma)); // [n]
        return Common.overPairs(pairs, perPair, chosenReward, rejectedReward);
    }
}
