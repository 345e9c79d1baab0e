package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.tensor.Kernels;

/** Prior-informed preference alignment with the prior p(y|x, wrong): PIPA-M's twin without clipping. */
public record PipaN(ValueModel valueHead, TokenNorm norm) implements Objective<Scores.Steps> {

    public static final ObjectiveType<Scores.Steps> TYPE = ObjectiveType.named("pipa_n", "PIPA-N", Scores.Steps.class)
            .summary("Maximum likelihood of step labels, with the reference as prior of wrong answers.")
            .use("As PIPA-M, with the prior of wrong answers as the reference: the gradient on wrong "
                    + "tokens stays bounded.",
                    "The prior fed to it is not that of wrong answers: the optimum then is another (see Departures).")
            .citation("J. Li, Z. Wang, Q. Liu", "PIPA: Preference Alignment as Prior-Informed Statistical Estimation",
                    "ICML", 2025, "https://arxiv.org/abs/2502.05773", "Algorithm 1")
            .formula("-\\sum_{c_t=1}\\log F_t-\\sum_{c_t=0}\\log(1-F_t),\\;"
                    + "\\mathrm{logit}\\,F_t=\\log\\frac{\\pi_\\theta(y_t)}{\\pi_{\\mathrm{prior}}(y_t)}+\\mathrm{logit}\\,g_t",
                    "-sum_{c=1} log F - sum_{c=0} log(1 - F),  logit F_t = logp_t - prior_t + logit g_t")
            .needs(ValueModel::needs).params(ValueModel.PARAM, TokenNorm.PARAM)
            .reward("log π_θ(y) − log π_prior(y), summed over tokens.")
            .departures("The prior is the reference, not a model trained on wrong answers only.")
            .make(values -> new PipaN(values.get(ValueModel.PARAM, ValueModel.class),
                    values.get(TokenNorm.PARAM, TokenNorm.class)));

    @Override
    public LossTerms loss(Scores.Steps scores, State state) {
        SequenceScores answers = scores.sequences();
        NDArray logit = answers.tokenLogRatio().add(valueHead.logits(answers)); // logit F, [n,T]
        NDArray ofLabel = Kernels.select(answers.labels(), logit, logit.neg()); // [n,T]
        NDArray loss = norm.mean(answers, Logistic.loss(ofLabel));
        return LossTerms.of(loss, valueHead.diagnostics(answers).build());
    }
}
