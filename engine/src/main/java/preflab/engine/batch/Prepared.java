package preflab.engine.batch;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The sequences of a row before and after cutting, and what becomes of it: the one judgement that training, the survey
 * of a data set and the inspection of a row share.
 *
 * @param whole
 *            as collated
 * @param cuts
 *            what each of them loses
 * @param used
 *            as trained on; as {@code whole} where nothing is cut
 */
record Prepared(List<Sequence> whole, List<Truncation.Cut> cuts, List<Sequence> used, RowFate fate) {

    static Prepared of(List<Sequence> whole, Truncation truncation) {
        if (whole.isEmpty()) {
            return uncut(whole, RowFate.SILENT);
        }
        Optional<List<Truncation.Cut>> cuts = truncation.cuts(whole);
        if (cuts.isEmpty()) {
            return uncut(whole, RowFate.DROPPED);
        }
        List<Sequence> used = IntStream.range(0, whole.size()).mapToObj(i -> cuts.get().get(i).tokens() == 0
                ? whole.get(i)
                : whole.get(i).without(cuts.get().get(i))).toList();
        return new Prepared(whole, cuts.get(), used, fate(whole, cuts.get(), used));
    }

    private static Prepared uncut(List<Sequence> whole, RowFate fate) {
        return new Prepared(whole, whole.stream().map(sequence -> Truncation.Cut.NONE).toList(), whole, fate);
    }

    private static RowFate fate(List<Sequence> whole, List<Truncation.Cut> cuts, List<Sequence> used) {
        if (used.stream().anyMatch(sequence -> sequence.activeTokens() == 0)) {
            return whole.stream().allMatch(sequence -> sequence.activeTokens() > 0)
                    ? RowFate.PROMPT_FILLS
                    : RowFate.NOTHING_MARKED;
        }
        if (used.size() == 2 && used.get(0).sameTokens(used.get(1))) {
            return RowFate.EQUAL_SIDES;
        }
        boolean prompt = cuts.stream().anyMatch(cut -> cut.prompt() > 0);
        boolean completion = cuts.stream().anyMatch(cut -> cut.completion() > 0);
        if (prompt) {
            return completion ? RowFate.CUT_BOTH : RowFate.CUT_PROMPT;
        }
        return completion ? RowFate.CUT_COMPLETION : RowFate.WHOLE;
    }

    /** Tokens that cutting takes from the prompts of all its sequences. */
    int promptTokensCut() {
        return cuts.stream().mapToInt(Truncation.Cut::prompt).sum();
    }

    /** Tokens that cutting takes from all its completions. */
    int completionTokensCut() {
        return cuts.stream().mapToInt(Truncation.Cut::completion).sum();
    }

    int tokens() {
        return whole.stream().mapToInt(Sequence::length).sum();
    }
}
