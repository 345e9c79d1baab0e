package preflab.engine.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One sentence on rows that are longer than the limit: how many, what becomes of them, and which they are. */
final class CutReport {

    private static final List<RowFate> TOO_LONG = List.of(RowFate.CUT_PROMPT, RowFate.CUT_COMPLETION, RowFate.CUT_BOTH,
            RowFate.DROPPED);
    private static final int NAMED = 5;

    private CutReport() {
    }

    /**
     * The sentence; empty if no row is too long.
     *
     * @param listed
     *            some rows of each fate, by their ids
     */
    static Optional<String> of(Map<RowFate, Integer> counts, Map<RowFate, List<Integer>> listed, int rows,
            Truncation truncation) {
        int all = TOO_LONG.stream().mapToInt(fate -> counts.getOrDefault(fate, 0)).sum();
        if (all == 0) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (RowFate fate : TOO_LONG) {
            int count = counts.getOrDefault(fate, 0);
            if (count > 0) {
                parts.add(count + " " + what(fate, truncation) + " (row " + named(listed.get(fate), count) + ')');
            }
        }
        return Optional
                .of(String.format(Locale.ROOT, "%d of %d rows (%.1f %%) are longer than %d tokens: %s", all, rows,
                        100.0 * all / rows, truncation.maxLength(), String.join(", ", parts)));
    }

    private static String what(RowFate fate, Truncation truncation) {
        String prompt = "lost their prompt's " + end(truncation.prompts());
        String completion = "a completion's " + end(truncation.completions());
        return switch (fate) {
            case CUT_PROMPT -> prompt;
            case CUT_COMPLETION -> "lost " + completion;
            case CUT_BOTH -> prompt + " and " + completion;
            default -> fate.label();
        };
    }

    private static String end(Truncation.Mode mode) {
        return mode == Truncation.Mode.CUT_LEFT ? "start" : "end";
    }

    private static String named(List<Integer> rows, int count) {
        String first = rows.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return count > NAMED ? first + ", …" : first;
    }
}
