package preflab.app.compare;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import preflab.projects.compare.Comparison;

/** Which of many compared runs have a column of their own: more than these nobody reads side by side. */
final class RunColumns {

    private static final int MOST = 24;

    private RunColumns() {
    }

    /** Places of the runs shown; of many the first ones, the baseline before them where it is none of them. */
    static List<Integer> of(Comparison comparison) {
        List<Integer> first = IntStream.range(0, Math.min(MOST, comparison.runs().size())).boxed().toList();
        int baseline = comparison.baseline().isEmpty()
                ? 0
                : IntStream.range(0, comparison.runs().size())
                        .filter(i -> comparison.runs().get(i).id() == comparison.baseline().getAsInt()).findFirst()
                        .orElse(0);
        return baseline < MOST
                ? first
                : Stream.concat(Stream.of(baseline), first.stream().limit(MOST - 1)).toList();
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
