package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** NPO that keeps the whole predictive distribution on the retain set. */
public record NpoKl(double beta, double lambda, Direction klDirection) implements Objective<Scores.Unlearning> {

    /** Which way the KL is taken. */
    public enum Direction {
        /** KL(π_ref‖π_θ). */
        FORWARD(Needs.KlDirection.FORWARD),
        /** KL(π_θ‖π_ref). */
        REVERSE(Needs.KlDirection.REVERSE);

        private final Needs.KlDirection needed;

        Direction(Needs.KlDirection needed) {
            this.needed = needed;
        }
    }

    static final Param.OfChoice KL_DIRECTION = Params.choice("kl_direction", "Direction of the KL", Direction.FORWARD,
            "forward: KL(ref||policy), as released; reverse: KL(policy||ref).");

    public static final ObjectiveType<Scores.Unlearning> TYPE = ObjectiveType
            .named("npo_kl", "NPO+KL", Scores.Unlearning.class)
            .summary("NPO on what is to be forgotten, a KL to the reference on what is to be kept.")
            .use("Forget and retain rows, and the model's own behaviour on retain prompts is to stay.",
                    "Memory for two vocabularies of logits is short.")
            .citation("R. Zhang, L. Lin, Y. Bai, S. Mei",
                    "Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning", "COLM",
                    2024,
                    "https://arxiv.org/abs/2404.05868", "")
            .formula(
                    "\\mathcal{L}_{\\mathrm{NPO}}+\\lambda\\,\\mathbb{E}_{r}\\,\\mathrm{KL}(\\pi_{\\mathrm{ref}}\\Vert\\pi_\\theta)",
                    "NPO + lambda mean over retain tokens of KL(pi_ref || pi_theta)")
            .needs(values -> Unlearn.retaining(Unlearn.withReference(), values.get(Unlearn.LAMBDA))
                    .andVocabularyKl(values.get(KL_DIRECTION, Direction.class).needed))
            .params(Unlearn.BETA, Unlearn.LAMBDA, KL_DIRECTION).reward(Common.DPO_REWARD)
            .departures("Only active tokens count; released code divides by all positions, padding included.")
            .make(values -> new NpoKl(values.get(Unlearn.BETA), values.get(Unlearn.LAMBDA),
                    values.get(KL_DIRECTION, Direction.class)));

    @Override
    public LossTerms loss(Scores.Unlearning scores, State state) {
        NDArray reward = Kernels.times(scores.forget().logRatio(), beta); // [n]
        NDArray forget = Unlearn.negativePreference(scores.forget(), reward, beta); // scalar
        NDArray divergence = scores.retain().vocabularyKl(); // [n,T]
        NDArray retain = scores.retain().tokenMean(Kernels.times(divergence, lambda)); // scalar
        return Unlearn.sum(scores, forget, retain, Unlearn.forgetReward(scores, beta));
    }
}
