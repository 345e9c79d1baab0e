package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.stream.Stream;
import preflab.engine.param.Param;
import preflab.engine.param.ParamValues;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/**
 * Imitation as an extra term of any objective: {@code sft_coefficient} times the negative log-likelihood per token of
 * the good completions. Good are the chosen and accepted ones; with step labels the right tokens; of a list with rewards
 * the best candidate; in unlearning what is retained; of rejected completions against the reference's samples, those
 * samples.
 */
final class SftTerm {

    static final Param.OfDouble COEFFICIENT = Params.nonNegative("sft_coefficient", "λ_SFT", "Extra imitation", 0,
            "Adds this times the negative log-likelihood per token of the good completions; 0 leaves the loss as it is.");

    private SftTerm() {
    }

    /** The objective with the extra hyper-parameter. */
    static <S extends Scores> ObjectiveType<S> offer(ObjectiveType<S> type) {
        if (type.params().stream().anyMatch(p -> p.id().equals(COEFFICIENT.id()))) {
            return type;
        }
        return type.with(Stream.concat(type.params().stream(), Stream.of(COEFFICIENT)).toList(),
                values -> needs(type, values), values -> add(type.factory().apply(values), values));
    }

    private static Needs needs(ObjectiveType<?> type, ParamValues values) {
        Needs needs = type.needs().apply(values);
        return type.scores() == Scores.Unlearning.class && values.get(COEFFICIENT) > 0 ? needs.andRetain() : needs;
    }

    private static <S extends Scores> Objective<S> add(Objective<S> objective, ParamValues values) {
        double coefficient = values.get(COEFFICIENT);
        return coefficient == 0 ? objective : new WithSft<>(objective, coefficient);
    }

    /** −log-likelihood per token, a scalar. */
    static NDArray imitation(Scores scores) {
        return switch (scores) {
            case Scores.Pairs s -> perToken(s.chosen());
            case Scores.StepPairs s -> perToken(s.chosen());
            case Scores.PairsWithSamples s -> perToken(s.chosen());
            case Scores.Unpaired s -> perToken(s.accepted());
            case Scores.Steps s -> perRightToken(s.sequences());
            case Scores.Demonstrations s -> perToken(s.accepted());
            case Scores.Candidates s -> s.chosen().isEmpty() && !s.lists().rewards().isEmpty()
                    ? ofBest(s)
                    : perToken(s.chosen());
            case Scores.RejectedWithSamples s -> perToken(s.referenceSamples());
            case Scores.Unlearning s -> perToken(s.retain());
        };
    }

    private static NDArray perToken(SequenceScores good) {
        return Norm.TOKEN_MEAN.negativeLogLikelihood(good);
    }

    private static NDArray perRightToken(SequenceScores answers) {
        NDArray logProbs = answers.tokenLogProbs();
        NDArray right = Kernels.select(answers.labels(), logProbs, logProbs.zerosLike());
        return answers.tokenMean(right).neg();
    }

    /** Of the best candidate of each list by its reward, per token of its own; the mean over lists. */
    private static NDArray ofBest(Scores.Candidates scores) {
        return scores.lists().mean(RewardedLists.ofBest(scores.lists(), scores.candidates().average())).neg();
    }
}
