package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import preflab.engine.tensor.Kernels;

/**
 * The per-sequence values an objective logs, under the field's names. Everything is detached; an empty group logs
 * nothing, since the mean of nothing is not a number.
 */
public final class Diagnostics {

    private final Map<String, NDArray> values = new LinkedHashMap<>();

    private Diagnostics() {
    }

    public static Diagnostics none() {
        return new Diagnostics();
    }

    /** Rewards [n] of matched pairs, their margins and how often the chosen one is ahead, and log π of both sides. */
    public static Map<String, NDArray> pairs(Scores.Pairs pairs, NDArray chosenReward, NDArray rejectedReward) {
        return none().matched(chosenReward, rejectedReward).put("logps/chosen", pairs.chosen().sum())
                .put("logps/rejected", pairs.rejected().sum()).build();
    }

    /** Rewards [n] that belong together one by one, their margins and how often the chosen one is ahead. */
    public Diagnostics matched(NDArray chosenReward, NDArray rejectedReward) {
        NDArray margin = chosenReward.sub(rejectedReward);
        return put("rewards/chosen", chosenReward).put("rewards/rejected", rejectedReward)
                .put("rewards/margins", margin)
                .put("rewards/accuracies", margin.gt(0).toType(margin.getDataType(), false));
    }

    /** Rewards [n] and log π of the accepted and of the rejected completions. */
    public static Diagnostics unpaired(Scores.Unpaired scores, NDArray acceptedReward, NDArray rejectedReward) {
        return none().put("rewards/chosen", acceptedReward).put("rewards/rejected", rejectedReward).logps(scores);
    }

    /** As {@link #unpaired}, with the log-ratio h as the reward where a reference was scored. */
    static Diagnostics unpairedLogRatios(Scores.Unpaired scores) {
        Diagnostics all = none();
        scores.accepted().optionalReference(Role.REFERENCE)
                .ifPresent(r -> all.put("rewards/chosen", scores.accepted().logRatio()));
        scores.rejected().optionalReference(Role.REFERENCE)
                .ifPresent(r -> all.put("rewards/rejected", scores.rejected().logRatio()));
        return all.logps(scores);
    }

    private Diagnostics logps(Scores.Unpaired scores) {
        return put("logps/chosen", scores.accepted().sum()).put("logps/rejected", scores.rejected().sum());
    }

    /** Per-answer values [n], split by whether the answer is right; nothing where that is not known. */
    Diagnostics byAnswer(String name, SequenceScores sequences, NDArray perAnswer) {
        sequences.optionalAnswerLabels().ifPresent(right -> {
            put(name + "/chosen", perAnswer.booleanMask(right));
            put(name + "/rejected", perAnswer.booleanMask(right.logicalNot()));
        });
        return this;
    }

    public Diagnostics put(String name, NDArray perSequence) {
        if (!perSequence.isEmpty()) {
            values.put(name, perSequence.stopGradient());
        }
        return this;
    }

    public Map<String, NDArray> build() {
        return values;
    }

    /** The share of a sequence's tokens (those of the mask) for which a condition [n,T] holds; [n]. */
    static NDArray share(SequenceScores sequences, NDArray condition, NDArray among) {
        NDArray ones = sequences.tokenLogProbs().onesLike();
        NDArray count = sequences.maskedSum(ones, among);
        return sequences.maskedSum(ones, among.logicalAnd(condition)).div(Kernels.atLeast(count, 1));
    }

}
