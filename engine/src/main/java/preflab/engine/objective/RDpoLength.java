package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** DPO with a penalty on length. */
public record RDpoLength(double beta, double alpha) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Common.beta(0.1);
    static final Param.OfDouble ALPHA = Params.nonNegative("alpha", "α", "Price of a token", 0.01,
            "The reward of a completion is lowered by this much per token; 0 is DPO.");

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType
            .named("rdpo_length", "R-DPO (length)", Scores.Pairs.class).aliases("r_dpo")
            .summary("DPO that discounts preferences explained by length alone.")
            .use("Annotators like long answers and you do not: the difference in length is paid for.",
                    "Lengths of chosen and rejected answers are alike.")
            .citation("R. Park, R. Rafailov, S. Ermon, C. Finn",
                    "Disentangling Length from Quality in Direct Preference Optimization", "ACL Findings", 2024,
                    "https://arxiv.org/abs/2403.19159", "")
            .formula("-\\log\\sigma\\left(\\beta(h_w-h_l)+\\alpha(n_w-n_l)\\right)",
                    "-ls(beta (h_w - h_l) + alpha (n_w - n_l))")
            .needs(Common.pairs()).params(BETA, ALPHA).reward(Common.DPO_REWARD)
            .departures(
                    "Sign: the penalty is on the reward, r - alpha n, so that a longer winner needs less log-ratio.")
            .make(values -> new RDpoLength(values.get(BETA), values.get(ALPHA)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(pairs.chosen().logRatio(), beta); // [n]
        NDArray rejectedReward = Kernels.times(pairs.rejected().logRatio(), beta); // [n]
        NDArray lengths = Kernels.times(pairs.chosen().lengths().sub(pairs.rejected().lengths()), alpha); // [n]
        NDArray perPair = Logistic.loss(chosenReward.sub(rejectedReward).add(lengths)); // [n]
        return Common.overPairs(pairs, perPair, chosenReward, rejectedReward);
    }
}
