package preflab.app.compare;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import preflab.projects.compare.Comparison;

/** Which of many compared runs have a column of their own: more than these nobody reads side by side. */
final class RunColumns {

    private static final int MOST = 24;

    private RunColumns() {
    }

    /** Places of the runs shown: the baseline first, then the others in their order; of many the first ones. */
    static List<Integer> of(Comparison comparison) {
        IntPredicate isBaseline = i -> isBaseline(comparison, i);
        IntStream all = IntStream.range(0, comparison.runs().size());
        return IntStream.concat(all.filter(isBaseline),
                IntStream.range(0, comparison.runs().size()).filter(isBaseline.negate())).limit(MOST).boxed().toList();
    }

    /** Whether the others are measured against this one. */
    static boolean isBaseline(Comparison comparison, int place) {
        return comparison.baseline().isPresent()
                && comparison.runs().get(place).id() == comparison.baseline().getAsInt();
    }

    /** What its column is called. */
    static String title(Comparison comparison, int place) {
        return (isBaseline(comparison, place) ? "★ " : "") + comparison.names().get(place);
    }

    /** Says which are left out; empty where none is. */
    static String note(Comparison comparison) {
        int all = comparison.runs().size();
        return all <= MOST
                ? ""
                : MOST + " of " + all + " runs have a column here. Pick fewer to see others; the table above and the"
                        + " report have all of them.";
    }
}
