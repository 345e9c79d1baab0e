package preflab.engine.batch;

import java.util.List;

/**
 * What becomes of rows that are too long.
 *
 * @param maxLength
 *            tokens of prompt and completion together, ≥ 2
 * @param bosId
 *            the sequence start, which cutting a prompt's start spares; −1 if there is none
 */
public record Truncation(int maxLength, Mode mode, int bosId) {

    /** How; see {@code data.truncation}. */
    public enum Mode {
        DROP, CUT_LEFT, CUT_RIGHT
    }

    boolean fits(List<Sequence> row) {
        return row.stream().allMatch(sequence -> sequence.length() <= maxLength);
    }

    /**
     * The sequences of one row, cut to fit. The prompt's start is cut by the same amount for all of them, so that both
     * sides of a pair still answer the same prompt; what is then still too long loses its end.
     */
    List<Sequence> cut(List<Sequence> row) {
        int keep = row.getFirst().id(0) == bosId ? 1 : 0;
        int fromStart = 0;
        if (mode == Mode.CUT_LEFT) {
            int longest = row.stream().mapToInt(Sequence::length).max().orElseThrow();
            int prompt = row.stream().mapToInt(Truncation::promptLength).min().orElseThrow();
            int spare = Math.max(0, prompt - Math.max(1, keep)); // at least one token must stay to predict the first
            fromStart = Math.min(spare, longest - maxLength);
        }
        int cut = fromStart;
        return row.stream().map(sequence -> sequence.cut(keep, cut, maxLength)).toList();
    }

    private static int promptLength(Sequence sequence) {
        return sequence.activeTokens() == 0 ? sequence.length() : sequence.activePosition(0);
    }
}
