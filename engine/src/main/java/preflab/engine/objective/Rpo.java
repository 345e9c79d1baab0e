package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** DPO with a supervised term on the chosen completion. */
public record Rpo(double beta, double lambda, SftTerm sftTerm) implements Objective<Scores.Pairs> {

    /** What is raised besides the gap. */
    public enum SftTerm {
        /** h_w: the summed log-ratio. */
        LOGRATIO,
        /** S_w: the summed log-probability; the same gradient, another constant. */
        LOGP,
        /** A_w: the log-probability per token. */
        AVG_LOGP;

        private NDArray of(SequenceScores chosen) {
            return switch (this) {
                case LOGRATIO -> chosen.logRatio();
                case LOGP -> chosen.sum();
                case AVG_LOGP -> chosen.average();
            };
        }
    }

    static final Param.OfDouble BETA = Common.beta(0.1);
    static final Param.OfDouble LAMBDA = Common
            .lambda(0.1, "Weight of the supervised term", "0.005 to 1 is usual; 0 is DPO.").alias("rpo_alpha");
    static final Param.OfChoice SFT_TERM = Params.choice("sft_term", "Supervised term", SftTerm.LOGRATIO,
            "logratio: h_w; logp: S_w (the same gradient); avg_logp: per token, as other programs do.");

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType.named("rpo", "RPO", Scores.Pairs.class)
            .aliases("dpo_sft")
            .summary("DPO that also imitates the chosen completion, so that its likelihood does not fall.")
            .use("DPO lowers the chosen answers: the imitation term holds them up. Common for reasoning data.",
                    "The chosen answers are poor imitation targets.")
            .citation("Z. Liu, M. Lu, S. Zhang et al.",
                    "Provably Mitigating Overoptimization in RLHF: Your SFT Loss is Implicitly an "
                            + "Adversarial Regularizer",
                    "NeurIPS", 2024, "https://arxiv.org/abs/2405.16436", "")
            .formula("-\\log\\sigma(\\beta(h_w-h_l))-\\lambda T_w", "-ls(beta (h_w - h_l)) - lambda T_w")
            .needs(Common.pairs()).params(BETA, LAMBDA, SFT_TERM).reward(Common.DPO_REWARD)
            .departures(
                    "The supervised term is a log-ratio by default, as in the comparison tables of MC-PO; the paper's "
                            + "log-probability differs by a constant only.")
            .make(values -> new Rpo(values.get(BETA), values.get(LAMBDA), values.get(SFT_TERM, SftTerm.class)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(pairs.chosen().logRatio(), beta); // [n]
        NDArray rejectedReward = Kernels.times(pairs.rejected().logRatio(), beta); // [n]
        Map<String, NDArray> terms = new LinkedHashMap<>(); // scalars
        terms.put("loss/preference", pairs.chosen().mean(Logistic.loss(chosenReward.sub(rejectedReward))));
        terms.put("loss/sft", pairs.chosen().mean(Kernels.times(sftTerm.of(pairs.chosen()), -lambda)));
        return LossTerms.sum(terms, Diagnostics.pairs(pairs, chosenReward, rejectedReward));
    }
}
