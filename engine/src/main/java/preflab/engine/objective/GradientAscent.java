package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Gradient ascent: unlearn by lowering the likelihood, without end. */
public record GradientAscent(Norm norm) implements Objective<Scores.Unlearning> {

    public static final ObjectiveType<Scores.Unlearning> TYPE = ObjectiveType
            .named("ga", "GA", Scores.Unlearning.class).aliases("gradient_ascent")
            .summary("Lower the likelihood of what is to be forgotten; diverges if continued.")
            .use("The plainest baseline of unlearning.",
                    "For anything else: it diverges linearly in the number of steps.")
            .citation("J. Jang, D. Yoon, S. Yang et al.",
                    "Knowledge Unlearning for Mitigating Privacy Risks in Language Models", "ACL", 2023,
                    "https://arxiv.org/abs/2210.01504", "")
            .formula("\\mathbb{E}_{f}[S]", "mean_forget S")
            .needs(Unlearn.policyOnly()).params(Unlearn.NORM)
            .advice(values -> List.of("ga is unbounded below: stop early, or use npo"))
            .reward("None: the likelihood itself falls.")
            .departures("Sums over tokens by default, as in theory; released code takes token means.")
            .make(values -> new GradientAscent(values.get(Unlearn.NORM, Norm.class)));

    @Override
    public LossTerms loss(Scores.Unlearning scores, State state) {
        NDArray loss = norm.negativeLogLikelihood(scores.forget()).neg(); // scalar
        return LossTerms.of(loss, Unlearn.logps(scores, Diagnostics.none()));
    }
}
