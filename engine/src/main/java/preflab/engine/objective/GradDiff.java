package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.List;
import preflab.engine.tensor.Kernels;

/** Gradient difference: gradient ascent on the forget set, descent on the retain set. */
public record GradDiff(Norm norm, double lambda, Norm retainNorm) implements Objective<Scores.Unlearning> {

    public static final ObjectiveType<Scores.Unlearning> TYPE = ObjectiveType
            .named("graddiff", "GradDiff", Scores.Unlearning.class).aliases("grad_diff", "gradient_difference")
            .summary("Gradient ascent on what is to be forgotten, imitation of what is to be kept.")
            .use("Unlearning with a retain set, as a baseline.",
                    "Long runs: the forget term is unbounded below.")
            .citation("B. Liu, Q. Liu, P. Stone", "Continual Learning and Private Unlearning", "CoLLAs", 2022,
                    "https://arxiv.org/abs/2203.12817", "")
            .formula("\\mathbb{E}_{f}[S]-\\lambda\\,\\mathbb{E}_{r}[\\log\\pi_\\theta]",
                    "mean_forget S + lambda NLL(retain)")
            .needs(values -> Unlearn.retaining(Unlearn.policyOnly(), values.get(Unlearn.LAMBDA)))
            .params(Unlearn.NORM, Unlearn.LAMBDA, Unlearn.RETAIN_NORM)
            .advice(values -> List.of("graddiff's forget term is unbounded below: stop early, or use npo_rt"))
            .reward("None: the likelihood itself falls.")
            .departures("The forget term sums over tokens by default, as in theory; released code takes token means.")
            .make(values -> new GradDiff(values.get(Unlearn.NORM, Norm.class), values.get(Unlearn.LAMBDA),
                    values.get(Unlearn.RETAIN_NORM, Norm.class)));

    @Override
    public LossTerms loss(Scores.Unlearning scores, State state) {
        NDArray forget = norm.negativeLogLikelihood(scores.forget()).neg(); // scalar
        NDArray retain = Kernels.times(retainNorm.negativeLogLikelihood(scores.retain()), lambda); // scalar
        return Unlearn.sum(scores, forget, retain, Diagnostics.none());
    }
}
