package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.tensor.Kernels;

/** The hinge loss of SLiC on DPO's margin: no gradient beyond a margin of 1. */
public record Hinge(double beta) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Common.beta(0.1);

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType
            .named("hinge", "Hinge (SLiC)", Scores.Pairs.class)
            .aliases("slic")
            .summary("DPO's margin through a hinge: pairs ahead by 1/beta are left alone.")
            .use("A bounded effort per pair: once the margin is reached, nothing more is learnt from it.",
                    "You want calibrated preference probabilities.")
            .citation("Y. Zhao, R. Joshi, T. Liu et al.",
                    "SLiC-HF: Sequence Likelihood Calibration with Human Feedback", "arXiv", 2023,
                    "https://arxiv.org/abs/2305.10425", "")
            .formula("\\max(0,\\,1-\\beta(h_w-h_l))", "max(0, 1 - beta (h_w - h_l))")
            .needs(Common.pairs()).params(BETA).reward(Common.DPO_REWARD)
            .departures("SLiC takes the policy's log-probabilities and adds imitation; this is its form on log-ratios.")
            .make(values -> new Hinge(values.get(BETA)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(pairs.chosen().logRatio(), beta); // [n]
        NDArray rejectedReward = Kernels.times(pairs.rejected().logRatio(), beta); // [n]
        NDArray perPair = Common.positivePart(rejectedReward.sub(chosenReward).add(1)); // [n]
        return Common.overPairs(pairs, perPair, chosenReward, rejectedReward);
    }
}
