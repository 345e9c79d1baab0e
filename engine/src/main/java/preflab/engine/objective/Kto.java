package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import preflab.datasets.example.Kind;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** Kahneman–Tversky optimisation: each completion by itself, against a shared reference point. */
public record Kto(double beta, double lambdaD, double lambdaU, Link link,
        double z0) implements Objective<Scores.Unpaired> {

    /** From a margin to a loss. */
    public enum Link {
        /** 1 − σ(x), as in the paper. */
        SIGMOID,
        /** −log σ(x). */
        LOGSIGMOID;

        private NDArray loss(NDArray x) {
            return this == SIGMOID ? Kernels.sigmoid(x.neg()) : Logistic.loss(x);
        }
    }

    static final Param.OfDouble BETA = Common.beta(0.1);
    static final Param.OfDouble LAMBDA_D = Params.nonNegative("lambda_d", "λ_D", "Weight of the accepted", 1,
            "Choose so that λ_D n_D / (λ_U n_U) lies in [1, 4/3].").alias("desirable_weight");
    static final Param.OfDouble LAMBDA_U = Params.nonNegative("lambda_u", "λ_U", "Weight of the rejected", 1,
            "Choose so that λ_D n_D / (λ_U n_U) lies in [1, 4/3].").alias("undesirable_weight");
    static final Param.OfChoice LINK = Params.choice("link", "Link", Link.SIGMOID,
            "sigmoid: saturates on both sides, as published; logsigmoid: keeps pulling on misjudged completions.");

    public static final ObjectiveType<Scores.Unpaired> TYPE = ObjectiveType.named("kto", "KTO", Scores.Unpaired.class)
            .summary("Lift accepted and lower rejected completions relative to how far the policy moved anyway.")
            .use("You have thumbs up or down, not pairs; the classes may be unbalanced (weigh them with "
                    + "desirable and undesirable weights).",
                    "Steps hold fewer than two rows: z₀ needs other prompts' answers.")
            .citation("K. Ethayarajh, W. Xu, N. Muennighoff, D. Jurafsky, D. Kiela",
                    "KTO: Model Alignment as Prospect Theoretic Optimization", "ICML", 2024,
                    "https://arxiv.org/abs/2402.01306", "eq. 7")
            .formula("\\lambda_D\\left(1-\\sigma(\\beta(h-z_0))\\right)\\;\\text{or}\\;"
                    + "\\lambda_U\\left(1-\\sigma(\\beta(z_0-h))\\right)",
                    "accepted: lambda_d (1 - sig(beta (h - z0)));  rejected: lambda_u (1 - sig(beta (z0 - h)))")
            .needs(values -> ReferencePoint
                    .needs(Needs.withReference(Kind.UNPAIRED, Kind.PAIRED, Kind.STEPWISE), values))
            .params(BETA, LAMBDA_D, LAMBDA_U, LINK, ReferencePoint.PARAM).reward(Common.DPO_REWARD)
            .departures(
                    "One mean over all completions of the batch, accepted and rejected together. MC-PO's table prints a "
                            + "log sigmoid and swaps the sign of the reference point: link = logsigmoid is its sound reading.")
            .make(values -> new Kto(values.get(BETA), values.get(LAMBDA_D), values.get(LAMBDA_U),
                    values.get(LINK, Link.class), values.get(ReferencePoint.PARAM)));

    @Override
    public LossTerms loss(Scores.Unpaired scores, State state) {
        NDArray point = ReferencePoint.of(z0, scores.mismatched()); // z0, scalar
        NDArray accepted = scores.accepted().logRatio(); // h, [n_a]
        NDArray rejected = scores.rejected().logRatio(); // h, [n_r]
        double all = (double) Math.max(1, scores.accepted().groupSize() + scores.rejected().groupSize());
        Map<String, NDArray> terms = new LinkedHashMap<>(); // scalars
        terms.put("loss/accepted", Kernels
                .dividedBy(Kernels.times(link.loss(Kernels.times(accepted.sub(point), beta)), lambdaD).sum(), all));
        terms.put("loss/rejected", Kernels.dividedBy(
                Kernels.times(link.loss(Kernels.times(rejected.neg().add(point), beta)), lambdaU).sum(), all));
        return LossTerms.sum(terms,
                Diagnostics.unpaired(scores, Kernels.times(accepted, beta), Kernels.times(rejected, beta))
                        .put("kl", point.reshape(1)).build());
    }
}
