package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** Contrastive preference optimisation: DPO without a reference, held by imitation of the chosen completion. */
public record Cpo(Variant variant, double beta, double lambda, double gamma,
        NllNorm nllNorm) implements Objective<Scores.Pairs> {

    /** Which loss. */
    public enum Variant {
        /** Summed log-probabilities, as published. */
        PAPER,
        /** SimPO with imitation, as in MC-PO's table of baselines. */
        TABLE5
    }

    /** What the imitation term of the paper's variant is per. */
    public enum NllNorm {
        SUM, SEQ_MEAN
    }

    static final Param.OfChoice VARIANT = Params.choice("variant", "Variant", Variant.PAPER,
            "paper: summed log-probabilities; table5: SimPO with imitation.");
    static final Param.OfDouble BETA = Params.positive("beta", "β", "Scale of the reward", 0.1,
            "Multiplies the log-probability; with table5, per token, 2 to 10 is usual.");
    static final Param.OfDouble LAMBDA = Common
            .lambda(1, "Weight of imitation", "How strongly the chosen completion is imitated.").alias("cpo_alpha");
    static final Param.OfDouble GAMMA = Params.nonNegative("gamma", "γ", "Target margin", 1,
            "As in SimPO; used by table5 only.").alias("simpo_gamma");
    static final Param.OfChoice NLL_NORM = Params.choice("nll_norm", "Imitation per", NllNorm.SUM,
            "sum: per completion; seq_mean: per token. Used by paper only.");

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType.named("cpo", "CPO", Scores.Pairs.class)
            .aliases("cpo_simpo")
            .summary("Rank by likelihood and imitate the chosen completion; needs no reference.")
            .use("No reference, and chosen answers good enough to imitate; translation is where it comes from.",
                    "The chosen answers are mediocre: half of the loss imitates them.")
            .citation("H. Xu, A. Sharaf, Y. Chen et al.",
                    "Contrastive Preference Optimization: Pushing the Boundaries of LLM Performance in "
                            + "Machine Translation",
                    "ICML", 2024, "https://arxiv.org/abs/2401.08417", "")
            .formula("-\\log\\sigma(\\beta(S_w-S_l))-\\lambda S_w",
                    "-ls(beta (S_w - S_l)) - lambda S_w;  table5: -ls(beta (A_w - A_l) - gamma) - lambda beta A_w")
            .needs(Common.pairsWithoutReference()).params(VARIANT, BETA, LAMBDA, GAMMA, NLL_NORM)
            .reward("β S(y) = β log π_θ(y), or β A(y) per token with table5; not comparable with DPO's.")
            .departures(
                    "The imitation term is per completion or per token of each one; other programs take one mean over "
                            + "all tokens of the batch.")
            .make(values -> new Cpo(values.get(VARIANT, Variant.class), values.get(BETA), values.get(LAMBDA),
                    values.get(GAMMA), values.get(NLL_NORM, NllNorm.class)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = reward(pairs.chosen()); // [n]
        NDArray rejectedReward = reward(pairs.rejected()); // [n]
        NDArray margin = chosenReward.sub(rejectedReward).sub(variant == Variant.PAPER ? 0 : gamma); // [n]
        NDArray imitation = variant == Variant.PAPER ? likelihood(pairs.chosen()) : chosenReward; // [n]
        Map<String, NDArray> terms = new LinkedHashMap<>(); // scalars
        terms.put("loss/preference", pairs.chosen().mean(Logistic.loss(margin)));
        terms.put("loss/sft", pairs.chosen().mean(Kernels.times(imitation, -lambda)));
        return LossTerms.sum(terms, Diagnostics.pairs(pairs, chosenReward, rejectedReward));
    }

    private NDArray reward(SequenceScores sequences) {
        return Kernels.times((variant == Variant.PAPER ? sequences.sum() : sequences.average()), beta);
    }

    private NDArray likelihood(SequenceScores chosen) {
        return nllNorm == NllNorm.SUM ? chosen.sum() : chosen.average();
    }
}
