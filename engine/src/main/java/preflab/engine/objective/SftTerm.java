package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import preflab.engine.param.Param;
import preflab.engine.param.ParamValues;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/**
 * Imitation as an extra term of objectives that know a good completion: {@code sft_coefficient} times the negative
 * log-likelihood per token of the chosen or accepted completions (with step labels: of the right tokens, per token of the
 * batch).
 */
final class SftTerm {

    static final Param.OfDouble COEFFICIENT = Params.nonNegative("sft_coefficient", "λ_SFT", "Extra imitation", 0,
            "Adds this times the negative log-likelihood per token of the good completions; 0 leaves the loss as it is.");

    private SftTerm() {
    }

    /** The objective with the extra hyper-parameter, where its data tells good completions. */
    static <S extends Scores> ObjectiveType<S> offer(ObjectiveType<S> type) {
        if (!knowsGoodOnes(type.scores()) || type.params().stream().anyMatch(p -> p.id().equals(COEFFICIENT.id()))) {
            return type;
        }
        return type.with(Stream.concat(type.params().stream(), Stream.of(COEFFICIENT)).toList(),
                values -> add(type.factory().apply(values), values));
    }

    private static boolean knowsGoodOnes(Class<? extends Scores> scores) {
        return scores == Scores.Pairs.class || scores == Scores.StepPairs.class
                || scores == Scores.PairsWithSamples.class || scores == Scores.Unpaired.class
                || scores == Scores.Steps.class;
    }

    private static <S extends Scores> Objective<S> add(Objective<S> objective, ParamValues values) {
        double coefficient = values.get(COEFFICIENT);
        return coefficient == 0
                ? objective
                : (scores, state) -> add(objective.loss(scores, state), Kernels.times(imitation(scores), coefficient));
    }

    private static LossTerms add(LossTerms without, NDArray imitation) {
        Map<String, NDArray> terms = new LinkedHashMap<>();
        without.terms().forEach((name, term) -> terms.put(name.equals("loss") ? "loss/preference" : name, term));
        terms.merge("loss/sft", imitation, NDArray::add); // RPO and others have an imitation term of their own
        return LossTerms.sum(terms, without.diagnostics(), without.next());
    }

    /** −log-likelihood per token, a scalar. */
    private static NDArray imitation(Scores scores) {
        return switch (scores) {
            case Scores.Pairs s -> perToken(s.chosen());
            case Scores.StepPairs s -> perToken(s.chosen());
            case Scores.PairsWithSamples s -> perToken(s.chosen());
            case Scores.Unpaired s -> perToken(s.accepted());
            case Scores.Steps s -> perRightToken(s.sequences());
            case Scores.Demonstrations s -> perToken(s.accepted());
            case Scores.Candidates s -> perToken(s.chosen());
            case Scores.RejectedWithSamples s -> s.rejected().zero();
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
}
