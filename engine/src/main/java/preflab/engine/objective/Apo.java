package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.List;
import preflab.engine.param.Param;
import preflab.engine.param.ParamValues;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** Anchored preference optimisation: says for each completion whether it should rise or fall. */
public record Apo(Variant variant, double beta) implements Objective<Scores.Pairs> {

    /** Where the anchor lies. */
    public enum Variant {
        /** Chosen up, rejected down: for data better than the model. */
        ZERO,
        /** Both down, the rejected one more: for a model better than the data. */
        DOWN,
        /** As printed in MC-PO's table of baselines; unbounded below. */
        TABLE5
    }

    static final Param.OfChoice VARIANT = Params.choice("variant", "Variant", Variant.ZERO,
            "zero: chosen up, rejected down; down: both down; table5: a log form that is unbounded below.");
    static final Param.OfDouble BETA = Common.beta(0.1);

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType.named("apo", "APO", Scores.Pairs.class)
            .aliases("apo_zero")
            .summary("Anchor the pair: chosen up and rejected down, or both down when the model beats the data.")
            .use("You know how chosen answers compare with the model: zero when they are better than its "
                    + "own, down when they are worse.",
                    "You do not know which of the two holds.")
            .citation("K. D'Oosterlinck, W. Xu, C. Develder et al.",
                    "Anchored Preference Optimization and Contrastive Revisions: Addressing "
                            + "Underspecification in Alignment",
                    "TACL", 2025, "https://arxiv.org/abs/2408.06266", "eq. 7 (zero), eq. 8 (down)")
            .formula("1-\\sigma(\\beta h_w)+\\sigma(\\beta h_l)",
                    "zero: 1 - sig(beta h_w) + sig(beta h_l);  down: sig(beta h_w) + 1 - sig(beta (h_w - h_l))")
            .needs(Common.pairs()).params(VARIANT, BETA).advice(Apo::advice).reward(Common.DPO_REWARD)
            .departures(
                    "table5, -ls(beta h_w) + ls(beta h_l), falls without end as the rejected log-ratio falls; it is kept "
                            + "for comparison only.")
            .make(values -> new Apo(values.get(VARIANT, Variant.class), values.get(BETA)));

    private static List<String> advice(ParamValues values) {
        return values.get(VARIANT, Variant.class) == Variant.TABLE5
                ? List.of("apo's variant table5 is unbounded below: rejected log-ratios fall without end")
                : List.of();
    }

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(pairs.chosen().logRatio(), beta); // [n]
        NDArray rejectedReward = Kernels.times(pairs.rejected().logRatio(), beta); // [n]
        NDArray perPair = perPair(chosenReward, rejectedReward); // [n]
        return Common.overPairs(pairs, perPair, chosenReward, rejectedReward);
    }

    /** With 1 − σ(x) written as σ(−x). */
    private NDArray perPair(NDArray chosen, NDArray rejected) {
        return switch (variant) {
            case ZERO -> Kernels.sigmoid(chosen.neg()).add(Kernels.sigmoid(rejected));
            case DOWN -> Kernels.sigmoid(chosen).add(Kernels.sigmoid(rejected.sub(chosen)));
            case TABLE5 -> Logistic.loss(chosen).sub(Logistic.loss(rejected));
        };
    }
}
