package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** Identity preference optimisation: regress the gap of log-ratios to 1/(2β). */
public record Ipo(double beta, boolean lengthNormalize) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Params.positive("beta", "τ", "Strength of the reference", 0.1,
            "The gap of log-ratios is driven to 1/(2β).").alias("tau");
    static final Param.OfBoolean LENGTH_NORMALIZE = Params.flag("length_normalize", "Normalise by length", false,
            "Takes each log-ratio per token instead of summed.");

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType.named("ipo", "IPO", Scores.Pairs.class)
            .summary("Drive the gap of log-ratios to a set margin by least squares, which cannot run away.")
            .use("Labels are nearly deterministic and DPO's margins grow without end: the margin has a target, 1/(2β).",
                    "Answers differ much in length: sums favour long ones unless length_normalize is on.")
            .citation("M. G. Azar, M. Rowland, B. Piot et al.",
                    "A General Theoretical Paradigm to Understand Learning from Human Preferences", "AISTATS", 2024,
                    "https://arxiv.org/abs/2310.12036", "eq. 17")
            .formula("\\left(h_w-h_l-\\frac{1}{2\\beta}\\right)^2", "(h_w - h_l - 1/(2 beta))^2")
            .needs(Common.pairs()).params(BETA, LENGTH_NORMALIZE).reward(Common.DPO_REWARD)
            .departures(
                    "Log-ratios are summed over tokens, as in the paper's formula; other programs average them over "
                            + "tokens, which length_normalize switches on.")
            .make(values -> new Ipo(values.get(BETA), values.get(LENGTH_NORMALIZE)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosen = ratio(pairs.chosen()); // h_w, [n]
        NDArray rejected = ratio(pairs.rejected()); // h_l, [n]
        NDArray off = chosen.sub(rejected).sub(1 / (2 * beta)); // [n]
        Map<String, NDArray> diagnostics = new LinkedHashMap<>(
                Diagnostics.pairs(pairs, Kernels.times(chosen, beta), Kernels.times(rejected, beta)));
        diagnostics.put("ipo/distance", off.abs().stopGradient());
        return LossTerms.of(pairs.chosen().mean(off.square()), diagnostics);
    }

    private NDArray ratio(SequenceScores sequences) {
        return lengthNormalize ? sequences.averageLogRatio() : sequences.logRatio();
    }
}
