package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** DPO on log-ratios per token. */
public record DpoLengthNorm(double beta) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Params.positive("beta", "β", "Strength of the reference", 5,
            "Multiplies log-ratios per token, hence larger than in DPO; 2 to 10 is usual.");

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType
            .named("dpo_length_norm", "Length-normalised DPO", Scores.Pairs.class).aliases("dpo_norm", "ln_dpo")
            .summary("DPO with each log-ratio divided by its completion's length.")
            .use("Answers differ in length and DPO's reward grows with it.",
                    "Length itself is part of the preference.")
            .citation("N. Lambert, J. Morrison, V. Pyatkin et al.",
                    "Tulu 3: Pushing Frontiers in Open Language Model Post-Training", "arXiv", 2024,
                    "https://arxiv.org/abs/2411.15124", "")
            .formula("-\\log\\sigma\\left(\\beta\\left(\\tfrac{h_w}{n_w}-\\tfrac{h_l}{n_l}\\right)\\right)",
                    "-ls(beta (h_w/n_w - h_l/n_l))")
            .needs(Common.pairs()).params(BETA).reward("β h(y)/n(y), the log-ratio per token.").departures("")
            .make(values -> new DpoLengthNorm(values.get(BETA)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(pairs.chosen().averageLogRatio(), beta); // [n]
        NDArray rejectedReward = Kernels.times(pairs.rejected().averageLogRatio(), beta); // [n]
        NDArray perPair = Logistic.loss(chosenReward.sub(rejectedReward)); // [n]
        return Common.overPairs(pairs, perPair, chosenReward, rejectedReward);
    }
}
