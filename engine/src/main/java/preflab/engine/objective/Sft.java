package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import preflab.datasets.example.Kind;
import preflab.engine.param.Param;
import preflab.engine.param.Params;

/** Supervised fine-tuning: the negative log-likelihood of demonstrations. */
public record Sft(Norm norm) implements Objective<Scores.Demonstrations> {

    static final Param.OfChoice NORM = Params.choice("norm", "Average over", Norm.TOKEN_MEAN,
            "What one unit of the mean is: all active tokens of the batch, each sequence's own tokens, or none (sums).");

    public static final ObjectiveType<Scores.Demonstrations> TYPE = ObjectiveType
            .named("sft", "SFT", Scores.Demonstrations.class).aliases("nll")
            .summary("Imitate: raise the likelihood of the given completions.")
            .use("You have answers to imitate, or need the baseline every preference method must beat on "
                    + "the same accepted answers.",
                    "The signal lies in what to avoid: rejected answers are not read.")
            .citation("L. Ouyang, J. Wu, X. Jiang et al.",
                    "Training language models to follow instructions with human feedback", "NeurIPS", 2022,
                    "https://arxiv.org/abs/2203.02155", "")
            .formula("-\\frac{\\sum_i S(y_i)}{\\sum_i n(y_i)}", "-sum_i S(y_i) / sum_i n(y_i)")
            .needs(Needs.policyOnly(Kind.SFT, Kind.PAIRED, Kind.UNPAIRED, Kind.STEPWISE, Kind.RANKED)).params(NORM)
            .reward("None: SFT compares nothing.")
            .departures("").make(values -> new Sft(values.get(NORM, Norm.class)));

    @Override
    public LossTerms loss(Scores.Demonstrations scores, State state) {
        NDArray loss = norm.negativeLogLikelihood(scores.accepted()); // scalar
        Map<String, NDArray> diagnostics = Diagnostics.none().put("logps/chosen", scores.accepted().sum()).build();
        return LossTerms.of(loss, diagnostics);
    }
}
