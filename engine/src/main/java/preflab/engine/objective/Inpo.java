package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.param.ParamException;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** Iterative Nash policy optimisation: IPO against a mixture of the reference and the previous iterate. */
public record Inpo(double eta, double tau) implements Objective<Scores.Pairs> {

    static final Param.OfDouble ETA = Params.positive("eta", "η", "Inverse step size", 0.005,
            "The gap is driven to 1/(2η).");
    static final Param.OfDouble TAU = Params.positive("tau", "τ", "Strength of the reference", 0.001,
            "Share τ/η of the reference in the mixture; at most η.");

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType.named("inpo", "INPO", Scores.Pairs.class)
            .summary("One round of self-play towards a Nash policy: least squares against reference and last round.")
            .use("Rounds of self-play: the previous round's policy is a second anchor.",
                    "There is a single round: the previous policy is then the reference.")
            .citation("Y. Zhang, D. Yu, B. Peng et al.",
                    "Iterative Nash Policy Optimization: Aligning LLMs with General Preferences via No-Regret Learning",
                    "ICLR", 2025, "https://arxiv.org/abs/2407.00617", "")
            .formula("\\left(\\Delta S-\\tfrac{\\tau}{\\eta}\\Delta R-\\tfrac{\\eta-\\tau}{\\eta}\\Delta P"
                    + "-\\tfrac{1}{2\\eta}\\right)^2",
                    "((S_w - S_l) - tau/eta (R_w - R_l) - (eta-tau)/eta (P_w - P_l) - 1/(2 eta))^2")
            .needs(Common.pairs().andPrevious())
            .params(ETA, TAU).reward("η h(y), h(y) = log π_θ(y) − log π_ref(y) summed over tokens.")
            .departures(
                    "The previous iterate is the policy that training starts from, so a round is a run whose model is the last "
                            + "round's run; the reference is the one given, by default the same model, and then this is IPO.")
            .make(values -> new Inpo(values.get(ETA), values.get(TAU)));

    public Inpo {
        if (tau > eta) {
            throw new ParamException("tau must be at most eta (" + eta + "), not " + tau);
        }
    }

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray gap = gap(pairs.chosen()).sub(gap(pairs.rejected())); // [n]
        NDArray perPair = gap.sub(1 / (2 * eta)).square(); // [n]
        return Common.overPairs(pairs, perPair, Kernels.times(pairs.chosen().logRatio(), eta),
                Kernels.times(pairs.rejected().logRatio(), eta));
    }

    /** S − (τ/η) R − ((η − τ)/η) P, [n]; P is the previous iterate. */
    private NDArray gap(SequenceScores sequences) {
        NDArray mixture = Kernels.times(sequences.referenceSum(Role.REFERENCE), tau / eta)
                .add(Kernels.times(sequences.referenceSum(Role.PREVIOUS), (eta - tau) / eta));
        return sequences.sum().sub(mixture);
    }
}
