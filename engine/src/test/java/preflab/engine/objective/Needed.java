package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Scores of two sequences per group that hold nothing but what an objective says it needs. */
final class Needed {

    private Needed() {
    }

    static <S extends Scores> S scores(ObjectiveType<S> type, Needs needs, NDManager manager) {
        Map<Group, SequenceScores> groups = new EnumMap<>(Group.class);
        for (Group group : Group.values()) {
            groups.put(group, group(group, needs, manager));
        }
        SequenceScores empty = SequenceScores.empty(manager, DataType.FLOAT32);
        if (!needs.mismatched()) {
            groups.put(Group.MISMATCHED, empty);
        }
        if (!needs.referenceSamples()) {
            groups.put(Group.REFERENCE_SAMPLES, empty);
        }
        if (needs.vocabularyKl() == Needs.KlDirection.NONE) {
            groups.put(Group.KL, empty);
        }
        NDArray ones = manager.ones(new Shape(2));
        Map<PairNumber, NDArray> numbers = Map.of(PairNumber.OFFSET, ones, PairNumber.REWARD_GAP, ones,
                PairNumber.WEIGHT, ones);
        List<double[]> rewards = List.of(new double[]{1}, new double[]{0});
        CandidateLists lists = new CandidateLists(List.of(1, 1), rewards, List.of(),
                List.of(new double[]{0.5, 0.5}, new double[]{0.5, 0.5}), 2);
        return Scores.assemble(type.scores(), groups, empty, new SideInputs(numbers, lists));
    }

    private static SequenceScores group(Group group, Needs needs, NDManager manager) {
        Shape shape = new Shape(2, 3);
        NDArray logProbs = manager.full(shape, -1f);
        SequenceScores.Builder builder = SequenceScores.builder(logProbs, manager.ones(shape).gt(0));
        if (needs.reference() && group != Group.KL) {
            builder.reference(Role.REFERENCE, logProbs).reference(Role.PREVIOUS, logProbs);
        }
        if (needs.valueHead()) {
            builder.valueLogits(logProbs);
        }
        if (needs.vocabularyKl() != Needs.KlDirection.NONE) {
            builder.vocabularyKl(logProbs.neg());
        }
        return builder.labels(logProbs.gt(0)).steps(logProbs.toType(DataType.INT64, true).zerosLike())
                .answerLabels(manager.ones(new Shape(2)).gt(0)).build();
    }
}
