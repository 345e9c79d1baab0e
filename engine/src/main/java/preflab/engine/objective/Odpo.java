package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.tensor.Kernels;

/** DPO with an offset per pair: how much better the chosen completion must be. */
public record Odpo(double beta) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Common.beta(0.1);

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType.named("odpo", "ODPO", Scores.Pairs.class)
            .summary("DPO that asks for a margin of each pair's own.")
            .citation("A. Amini, T. Vieira, R. Cotterell", "Direct Preference Optimization with an Offset",
                    "ACL Findings", 2024, "https://arxiv.org/abs/2402.10571", "")
            .formula("-\\log\\sigma\\left(\\beta(h_w-h_l)-\\Delta_i\\right)", "-ls(beta (h_w - h_l) - offset_i)")
            .needs(Common.pairs().notYet("it takes a number with every pair (offset), which no data set carries"))
            .params(BETA).reward(Common.DPO_REWARD)
            .departures("The offset alpha f(score_w - score_l) is an input, not computed here.")
            .make(values -> new Odpo(values.get(BETA)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(pairs.chosen().logRatio(), beta); // [n]
        NDArray rejectedReward = Kernels.times(pairs.rejected().logRatio(), beta); // [n]
        NDArray margin = chosenReward.sub(rejectedReward).sub(pairs.number(PairNumber.OFFSET)); // [n]
        return Common.overPairs(pairs, Logistic.loss(margin), chosenReward, rejectedReward);
    }
}
