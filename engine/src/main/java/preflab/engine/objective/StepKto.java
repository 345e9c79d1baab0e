package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import preflab.datasets.example.Kind;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** KTO on the steps of answers. */
public record StepKto(Variant variant, double beta, double z0) implements Objective<Scores.Steps> {

    /** What one judgement is about. */
    public enum Variant {
        /** Every step by itself. */
        ORIGINAL,
        /** The answer, with the gradient of the right steps of wrong answers masked. */
        MASKED
    }

    static final Param.OfChoice VARIANT = Params.choice("variant", "Variant", Variant.MASKED,
            "masked: by answer, sparing right steps of wrong answers; original: every step by itself.");
    static final Param.OfDouble BETA = Common.beta(0.1);

    public static final ObjectiveType<Scores.Steps> TYPE = ObjectiveType
            .named("step_kto", "Step-KTO", Scores.Steps.class)
            .summary("KTO with step labels: right steps up, wrong ones down.")
            .use("Right and wrong answers with step labels, not paired.",
                    "You have pairs from the same prompt: step_dpo uses that they belong together.")
            .citation("J. Li, Z. Wang, Q. Liu", "PIPA: Preference Alignment as Prior-Informed Statistical Estimation",
                    "ICML", 2025, "https://arxiv.org/abs/2502.05773", "Appendix B")
            .formula("-\\sigma\\left(\\beta(h-z_0)\\right)\\;\\text{or}\\;-\\sigma\\left(\\beta\\left(z_0-"
                    + "\\sum_{c_t=0}r_t-\\mathrm{sg}\\sum_{c_t=1}r_t\\right)\\right)",
                    "right: -sig(beta (h - z0));  wrong: -sig(beta (z0 - sum_{c=0} r_t - sg(sum_{c=1} r_t)))")
            .needs(values -> ReferencePoint.needs(Needs.withReference(Kind.STEPWISE), values))
            .params(VARIANT, BETA, ReferencePoint.PARAM).reward(Common.DPO_REWARD)
            .departures(
                    "The value is KTO's minus 1 per judgement, as the source prints it. One reference point "
                            + "for every step.")
            .make(values -> new StepKto(values.get(VARIANT, Variant.class), values.get(BETA),
                    values.get(ReferencePoint.PARAM)));

    @Override
    public LossTerms loss(Scores.Steps scores, State state) {
        SequenceScores answers = scores.sequences();
        NDArray point = ReferencePoint.of(z0, scores.mismatched()); // scalar
        NDArray perAnswer = variant == Variant.MASKED ? masked(answers, point) : bySteps(answers, point); // [n]
        Map<String, NDArray> diagnostics = Diagnostics.none()
                .byAnswer("rewards", answers, Kernels.times(answers.logRatio(), beta))
                .byAnswer("logps", answers, answers.sum())
                .put("kl", point.reshape(1)).build();
        return LossTerms.of(answers.mean(perAnswer), diagnostics);
    }

    private NDArray masked(SequenceScores answers, NDArray point) {
        NDArray ratio = answers.tokenLogRatio(); // r_t, [n,T]
        NDArray wrong = answers.maskedSum(ratio, answers.labels().logicalNot()); // [n]
        NDArray right = answers.maskedSum(ratio, answers.labels()); // [n]
        NDArray ofRight = wrong.add(right).sub(point);
        NDArray ofWrong = wrong.add(right.stopGradient()).neg().add(point);
        return Kernels.sigmoid(Kernels.times(Kernels.select(answers.answerLabels(), ofRight, ofWrong), beta)).neg();
    }

    /** Σ_k −σ(±β(Σ_{t in step k} r_t − z₀)) over the steps an answer has. */
    private NDArray bySteps(SequenceScores answers, NDArray point) {
        NDArray ratio = answers.tokenLogRatio(); // r_t, [n,T]
        NDArray total = answers.sum().zerosLike(); // [n]
        for (long k = 0; k < steps(answers); k++) {
            NDArray ofStep = answers.steps().eq(k); // [n,T]
            NDArray margin = Kernels.times(answers.maskedSum(ratio, ofStep).sub(point), beta); // [n]
            NDArray right = any(answers, ofStep.logicalAnd(answers.labels())); // [n]
            NDArray judged = Kernels.sigmoid(Kernels.select(right, margin, margin.neg())).neg();
            total = total.add(Kernels.select(any(answers, ofStep), judged, judged.zerosLike()));
        }
        return total;
    }

    private static long steps(SequenceScores answers) {
        return answers.isEmpty() ? 0 : answers.steps().max().getLong() + 1;
    }

    /** Whether any active token of an answer meets a condition [n,T]; [n] boolean. */
    private static NDArray any(SequenceScores answers, NDArray condition) {
        return answers.maskedSum(answers.tokenLogProbs().onesLike(), condition).gt(0);
    }
}
