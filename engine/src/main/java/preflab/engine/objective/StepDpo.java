package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import preflab.datasets.example.Kind;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** DPO that spares the right steps of the rejected answer. */
public record StepDpo(Variant variant, double beta) implements Objective<Scores.StepPairs> {

    /** What becomes of the right steps of the rejected answer. */
    public enum Variant {
        /** Left out of the margin. */
        L0,
        /** In the margin, without gradient: DPO's value. */
        L1
    }

    static final Param.OfChoice VARIANT = Params.choice("variant", "Variant", Variant.L1,
            "l1: DPO's value with the gradient of right steps masked; l0: right steps left out altogether.");
    static final Param.OfDouble BETA = Common.beta(0.1);

    public static final ObjectiveType<Scores.StepPairs> TYPE = ObjectiveType
            .named("step_dpo", "Step-DPO", Scores.StepPairs.class)
            .summary("DPO in which only the wrong steps of the rejected answer are pushed down.")
            .use("Pairs share a right beginning and part at a wrong step: right steps of the rejected "
                    + "answer are spared.",
                    "You have no step labels: it is DPO then.")
            .citation("J. Li, Z. Wang, Q. Liu", "PIPA: Preference Alignment as Prior-Informed Statistical Estimation",
                    "ICML", 2025, "https://arxiv.org/abs/2502.05773", "Appendix B")
            .formula(
                    ""
                            + "-\\log\\sigma\\left(\\beta\\left(h_w-\\sum_{c_t=0}r_t-\\mathrm{sg}\\sum_{c_t=1}r_t\\right)\\right)",
                    "-ls(beta (h_w - sum_{c=0} r_t - sg(sum_{c=1} r_t)))")
            .needs(Needs.withReference(Kind.STEPWISE))
            .params(VARIANT, BETA).reward(Common.DPO_REWARD)
            .departures(
                    "Pairs are made from stepwise rows: every wrong answer stands against one right answer to the same "
                            + "prompt, the right ones in turn. The source prints no beta; its experiments use 0.1. This is the baseline of PIPA's appendix, not the "
                            + "data recipe of the paper named Step-DPO.")
            .make(values -> new StepDpo(values.get(VARIANT, Variant.class), values.get(BETA)));

    @Override
    public LossTerms loss(Scores.StepPairs pairs, State state) {
        SequenceScores rejected = pairs.rejected();
        NDArray ratio = rejected.tokenLogRatio(); // r_t, [n,T]
        NDArray wrong = rejected.maskedSum(ratio, rejected.labels().logicalNot()); // [n]
        NDArray right = rejected.maskedSum(ratio, rejected.labels()).stopGradient(); // [n]
        NDArray counted = variant == Variant.L1 ? wrong.add(right) : wrong; // [n]
        NDArray margin = Kernels.times(pairs.chosen().logRatio().sub(counted), beta); // [n]
        LossTerms all = Common.overPairs(new Scores.Pairs(pairs.chosen(), rejected), Logistic.loss(margin),
                Kernels.times(pairs.chosen().logRatio(), beta), Kernels.times(rejected.logRatio(), beta));
        Map<String, NDArray> diagnostics = new LinkedHashMap<>(all.diagnostics());
        diagnostics.put("logps/right_steps", // of wrong answers; summed over their tokens
                rejected.maskedSum(rejected.tokenLogProbs(), rejected.labels()).stopGradient());
        return LossTerms.of(all.loss(), diagnostics);
    }
}
