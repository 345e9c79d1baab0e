package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.tensor.Kernels;

/** Noise-contrastive alignment on pairs: the absolute reward of both completions counts, not only the gap. */
public record NcaPair(double beta) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Common.beta(0.1);

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType
            .named("nca_pair", "NCA (pairs)", Scores.Pairs.class)
            .summary("Classify chosen against noise: keeps the chosen likelihood from falling with the rejected one.")
            .use("DPO lowers the chosen answers: here their absolute likelihood counts, not only the difference.",
                    "You have more than two rated answers per prompt: nca reads all of them.")
            .citation("H. Chen, G. He, L. Yuan et al.",
                    "Noise Contrastive Alignment of Language Models with Explicit Rewards", "NeurIPS", 2024,
                    "https://arxiv.org/abs/2402.05369", "")
            .formula("-\\log\\sigma(r_w)-\\tfrac12\\log\\sigma(-r_w)-\\tfrac12\\log\\sigma(-r_l),\\; r=\\beta h",
                    "-ls(beta h_w) - 0.5 ls(-beta h_w) - 0.5 ls(-beta h_l)")
            .needs(Common.pairs()).params(BETA).reward(Common.DPO_REWARD).departures("")
            .make(values -> new NcaPair(values.get(BETA)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(pairs.chosen().logRatio(), beta); // [n]
        NDArray rejectedReward = Kernels.times(pairs.rejected().logRatio(), beta); // [n]
        NDArray noise = Kernels.times(Logistic.loss(chosenReward.neg()).add(Logistic.loss(rejectedReward.neg())), 0.5); // [n]
        return Common.overPairs(pairs, Logistic.loss(chosenReward).add(noise), chosenReward, rejectedReward);
    }
}
