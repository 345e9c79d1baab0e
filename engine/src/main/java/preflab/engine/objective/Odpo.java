package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** DPO with an offset per pair: how much better the chosen completion must be. */
public record Odpo(double beta, double alpha) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Common.beta(0.1);
    static final Param.OfDouble ALPHA = Params.nonNegative("alpha", "α", "Scale of the offset", 1,
            "Multiplies every pair's offset; 0 is DPO.");

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType.named("odpo", "ODPO", Scores.Pairs.class)
            .summary("DPO that asks for a margin of each pair's own.")
            .use("Pairs carry how much better the chosen answer is.",
                    "You have labels only: the offset is then the same for all.")
            .citation("A. Amini, T. Vieira, R. Cotterell", "Direct Preference Optimization with an Offset",
                    "ACL Findings", 2024, "https://arxiv.org/abs/2402.10571", "")
            .formula("-\\log\\sigma\\left(\\beta(h_w-h_l)-\\alpha\\Delta_i\\right)",
                    "-ls(beta (h_w - h_l) - alpha offset_i)")
            .needs(Common.pairs().andNumber(PairNumber.OFFSET))
            .params(BETA, ALPHA).reward(Common.DPO_REWARD)
            .departures(
                    "The offset is the pair's column offset, or else the logarithm of the difference of its scores.")
            .make(values -> new Odpo(values.get(BETA), values.get(ALPHA)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(pairs.chosen().logRatio(), beta); // [n]
        NDArray rejectedReward = Kernels.times(pairs.rejected().logRatio(), beta); // [n]
        NDArray margin = chosenReward.sub(rejectedReward)
                .sub(Kernels.times(pairs.number(PairNumber.OFFSET), alpha)); // [n]
        return Common.overPairs(pairs, Logistic.loss(margin), chosenReward, rejectedReward);
    }
}
