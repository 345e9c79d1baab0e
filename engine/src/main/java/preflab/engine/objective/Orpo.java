package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import preflab.engine.param.Param;
import preflab.engine.tensor.Kernels;

/** Odds-ratio preference optimisation: imitation plus a logistic loss on the odds of both completions. */
public record Orpo(double lambda) implements Objective<Scores.Pairs> {

    /** A likelihood of exactly 1 has no odds; the mean log-probability is kept below this. */
    private static final double HIGHEST_AVERAGE = -1e-30;

    static final Param.OfDouble LAMBDA = Common
            .lambda(0.1, "Weight of the odds ratio", "How strongly the rejected completion is pushed away.")
            .alias("beta");

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType.named("orpo", "ORPO", Scores.Pairs.class)
            .summary("Imitate the chosen completion and push the odds of the rejected one down; needs no reference.")
            .use("One stage from a base model, without SFT first and without a reference.",
                    "The model is already well tuned: the imitation term dominates.")
            .citation("J. Hong, N. Lee, J. Thorne", "ORPO: Monolithic Preference Optimization without Reference Model",
                    "EMNLP", 2024, "https://arxiv.org/abs/2403.07691", "eqs. 4 and 7")
            .formula("-A_w-\\lambda\\log\\sigma\\left(\\log\\frac{o_w}{o_l}\\right),\\;"
                    + "\\log o=A-\\log(1-e^{A})",
                    "-A_w - lambda ls(lo_w - lo_l),  lo = A - log(1 - exp(A))")
            .needs(Common.pairsWithoutReference()).params(LAMBDA)
            .reward("λ A(y), A(y) = log π_θ(y) per token; not comparable with DPO's.")
            .departures(
                    "Imitation is per token of each chosen completion and leaves the prompt out; other programs take "
                            + "one mean over all tokens of the batch.")
            .make(values -> new Orpo(values.get(LAMBDA)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosen = pairs.chosen().average(); // A_w, [n]
        NDArray rejected = pairs.rejected().average(); // A_l, [n]
        NDArray oddsRatio = logOdds(chosen).sub(logOdds(rejected)); // [n]
        Map<String, NDArray> terms = new LinkedHashMap<>(); // scalars
        terms.put("loss/sft", pairs.chosen().mean(chosen.neg()));
        terms.put("loss/preference", pairs.chosen().mean(Kernels.times(Logistic.loss(oddsRatio), lambda)));
        return LossTerms.sum(terms,
                Diagnostics.pairs(pairs, Kernels.times(chosen, lambda), Kernels.times(rejected, lambda)));
    }

    private static NDArray logOdds(NDArray average) {
        NDArray highest = Kernels.times(average.onesLike(), HIGHEST_AVERAGE);
        NDArray below = Kernels.select(average.lt(highest), average, highest);
        return below.sub(Kernels.log1mExp(below));
    }
}
