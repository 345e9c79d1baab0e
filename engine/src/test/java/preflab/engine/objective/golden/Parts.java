package preflab.engine.objective.golden;

import ai.djl.ndarray.NDArray;
import java.util.EnumMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import preflab.engine.objective.CandidateLists;
import preflab.engine.objective.PairNumber;
import preflab.engine.objective.Scores;
import preflab.engine.objective.SequenceScores;

/** Scored data cut into two micro-batches: the first sequence of each group, and the others. */
final class Parts {

    private Parts() {
    }

    static <S extends Scores> List<S> of(Class<S> type, S scores) {
        return parts(scores).map(type::cast).toList();
    }

    private static Stream<Scores> parts(Scores scores) {
        return switch (scores) {
            case Scores.Demonstrations s -> both(first -> new Scores.Demonstrations(cut(s.accepted(), first)));
            case Scores.Pairs s -> both(first -> {
                var numbers = new EnumMap<PairNumber, NDArray>(PairNumber.class);
                s.numbers().forEach((number, values) -> numbers.put(number, values.get(first ? ":1" : "1:")));
                return new Scores.Pairs(cut(s.chosen(), first), cut(s.rejected(), first), numbers);
            });
            case Scores.StepPairs s ->
                both(first -> new Scores.StepPairs(cut(s.chosen(), first), cut(s.rejected(), first)));
            case Scores.PairsWithSamples s -> both(first -> new Scores.PairsWithSamples(cut(s.chosen(), first),
                    cut(s.rejected(), first), cut(s.referenceSamples(), first)));
            case Scores.Unpaired s -> both(first -> new Scores.Unpaired(cut(s.accepted(), first),
                    cut(s.rejected(), first), cut(s.mismatched(), first), cut(s.referenceSamples(), first),
                    cut(s.kl(), first)));
            case Scores.Steps s ->
                both(first -> new Scores.Steps(cut(s.sequences(), first), cut(s.mismatched(), first)));
            case Scores.Unlearning s ->
                both(first -> new Scores.Unlearning(cut(s.forget(), first), cut(s.retain(), first)));
            case Scores.Candidates s -> both(first -> new Scores.Candidates(
                    s.chosen().isEmpty() ? s.chosen() : cut(s.chosen(), first),
                    members(s.candidates(), s.lists(), first), cut(s.lists(), first)));
            case Scores.RejectedWithSamples s -> both(first -> new Scores.RejectedWithSamples(cut(s.rejected(), first),
                    members(s.referenceSamples(), s.lists(), first), cut(s.lists(), first)));
        };
    }

    private static Stream<Scores> both(Function<Boolean, Scores> part) {
        return Stream.of(part.apply(true), part.apply(false));
    }

    private static SequenceScores cut(SequenceScores group, boolean first) {
        int size = Math.toIntExact(group.size());
        int middle = Math.min(1, size);
        return first ? group.part(0, middle) : group.part(middle, size);
    }

    private static SequenceScores members(SequenceScores group, CandidateLists lists, boolean first) {
        int middle = lists.counts().isEmpty() ? 0 : lists.counts().getFirst();
        return first ? group.part(0, middle) : group.part(middle, Math.toIntExact(group.size()));
    }

    private static CandidateLists cut(CandidateLists lists, boolean first) {
        List<Integer> rows = IntStream.range(0, lists.size()).filter(i -> first == (i == 0)).boxed().toList();
        return new CandidateLists(rows.stream().map(lists.counts()::get).toList(), pick(lists.rewards(), rows),
                pick(lists.selected(), rows), pick(lists.uniforms(), rows), lists.groupSize());
    }

    private static <T> List<T> pick(List<T> lists, List<Integer> rows) {
        return lists.isEmpty() ? lists : rows.stream().map(lists::get).toList();
    }
}
