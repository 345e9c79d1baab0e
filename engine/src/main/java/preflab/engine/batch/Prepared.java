package preflab.engine.batch;

import java.util.List;

/**
 * The sequences of a row before and after cutting, and what becomes of it: the one judgement that training, the survey
 * of a data set and the inspection of a row share.
 *
 * @param whole
 *            as collated
 * @param used
 *            as trained on; as {@code whole} where nothing is cut
 */
record Prepared(List<Sequence> whole, List<Sequence> used, RowFate fate) {

    static Prepared of(List<Sequence> whole, Truncation truncation) {
        if (whole.isEmpty()) {
            return new Prepared(whole, whole, RowFate.SILENT);
        }
        boolean fits = truncation.fits(whole);
        if (!fits && truncation.mode() == Truncation.Mode.DROP) {
            return new Prepared(whole, whole, RowFate.DROPPED);
        }
        List<Sequence> used = fits ? whole : truncation.cut(whole);
        return new Prepared(whole, used, fate(whole, used, fits));
    }

    private static RowFate fate(List<Sequence> whole, List<Sequence> used, boolean fits) {
        if (used.stream().anyMatch(sequence -> sequence.activeTokens() == 0)) {
            return whole.stream().allMatch(sequence -> sequence.activeTokens() > 0)
                    ? RowFate.PROMPT_FILLS
                    : RowFate.NOTHING_MARKED;
        }
        if (used.size() == 2 && used.get(0).sameTokens(used.get(1))) {
            return RowFate.EQUAL_SIDES;
        }
        return fits ? RowFate.WHOLE : RowFate.CUT;
    }

    /** Tokens that cutting takes from all its sequences. */
    int tokensCut() {
        return tokens(whole) - tokens(used);
    }

    int tokens() {
        return tokens(whole);
    }

    private static int tokens(List<Sequence> sequences) {
        return sequences.stream().mapToInt(Sequence::length).sum();
    }
}
