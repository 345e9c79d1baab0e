package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.datasets.example.Kind;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** What many objectives share: hyper-parameters, needs, and the end of a paired loss. */
final class Common {

    static final String DPO_REWARD = "β h(y), h(y) = log π_θ(y) − log π_ref(y) summed over tokens.";

    private Common() {
    }

    /** DPO's β at another default. */
    static Param.OfDouble beta(double value) {
        return Params.positive("beta", "β", "Strength of the reference", value,
                "Larger keeps the policy closer to the reference.");
    }

    /** Label smoothing in [0, 0.5). */
    static Param.OfDouble labelSmoothing(double value, String help) {
        return Params.below("label_smoothing", "ε", "Label smoothing", value, 0, 0.5, help);
    }

    /** Weight of a second term, in [0, ∞). */
    static Param.OfDouble lambda(double value, String label, String help) {
        return Params.nonNegative("lambda", "λ", label, value, help);
    }

    /** Pairs scored by policy and reference. */
    static Needs pairs() {
        return Needs.withReference(Kind.PAIRED, Kind.RANKED);
    }

    /** Pairs scored by the policy alone. */
    static Needs pairsWithoutReference() {
        return Needs.policyOnly(Kind.PAIRED, Kind.RANKED);
    }

    /** The mean over pairs of a loss [n], with the usual diagnostics. */
    static LossTerms overPairs(Scores.Pairs pairs, NDArray perPair, NDArray chosenReward, NDArray rejectedReward) {
        return LossTerms.of(pairs.chosen().mean(perPair),
                Diagnostics.pairs(pairs, chosenReward, rejectedReward));
    }

    /** max(0, x), with gradient 0 at and below 0. */
    static NDArray positivePart(NDArray x) {
        return Kernels.select(x.gt(0), x, x.zerosLike());
    }
}
