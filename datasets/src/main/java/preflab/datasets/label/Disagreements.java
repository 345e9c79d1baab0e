package preflab.datasets.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where people differ. */
public final class Disagreements {

    /**
     * A row on which annotators differ.
     *
     * @param verdicts
     *            complete verdicts by author, adjudicators last
     * @param settled
     *            whether an adjudicator has spoken
     */
    public record Disagreement(int row, Map<Author, RowLabel> verdicts, boolean settled) {
    }

    private Disagreements() {
    }

    /** All rows on which annotators differ, in row order. */
    public static List<Disagreement> in(LabelBook book, int rows) {
        List<Disagreement> found = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            Map<Author, RowLabel> verdicts = book.verdicts(row);
            if (differ(verdicts)) {
                found.add(new Disagreement(row, verdicts, !unsettled(verdicts)));
            }
        }
        return found;
    }

    static boolean unsettled(Map<Author, RowLabel> verdicts) {
        return differ(verdicts) && verdicts.keySet().stream().noneMatch(Author::adjudicator);
    }

    private static boolean differ(Map<Author, RowLabel> verdicts) {
        List<RowLabel> annotators = verdicts.entrySet().stream().filter(e -> !e.getKey().adjudicator())
                .map(Map.Entry::getValue).toList();
        return annotators.stream().anyMatch(label -> !label.agreesWith(annotators.getFirst()));
    }
}
