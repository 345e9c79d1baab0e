package preflab.projects.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import preflab.engine.train.Sample;
import preflab.projects.store.StoredSamples;

/** One run's judged answers to held-out problems at one step: whether each was right. */
record Graded(int step, Map<Key, Boolean> rightByRow) {

    /** A problem; the prompt as well, so that rows of different data are never paired. */
    record Key(int row, String prompt) {
    }

    /** The judged answers, if there are any. */
    static Optional<Graded> of(StoredSamples stored) {
        return of(stored.step(), stored.samples());
    }

    /** The judged ones of these answers, if there are any. */
    static Optional<Graded> of(int step, List<Sample> answers) {
        Map<Key, Boolean> right = new HashMap<>();
        for (Sample sample : answers) {
            sample.correct().ifPresent(correct -> right.put(new Key(sample.row(), sample.prompt()), correct));
        }
        return right.isEmpty() ? Optional.empty() : Optional.of(new Graded(step, right));
    }

    int size() {
        return rightByRow.size();
    }

    int right() {
        return (int) rightByRow.values().stream().filter(right -> right).count();
    }

    Interval interval() {
        return Statistics.wilson(right(), size());
    }

    /** This minus the other over the problems both answered; empty if there are none. */
    Optional<PairedDifference> minus(Graded other) {
        List<Key> common = rightByRow.keySet().stream().filter(other.rightByRow::containsKey).toList();
        return common.isEmpty()
                ? Optional.empty()
                : Optional.of(Statistics.paired(flags(common.size(), i -> rightByRow.get(common.get(i))),
                        flags(common.size(), i -> other.rightByRow.get(common.get(i)))));
    }

    private static boolean[] flags(int n, IntPredicate right) {
        boolean[] flags = new boolean[n];
        IntStream.range(0, n).forEach(i -> flags[i] = right.test(i));
        return flags;
    }
}
