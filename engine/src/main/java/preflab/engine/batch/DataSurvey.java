package preflab.engine.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Stepwise;

/**
 * What would become of every row of a data set if it were trained on: by the collator and the truncation that training
 * uses, without keeping a token.
 *
 * @param rows
 *            rows looked at
 * @param counts
 *            rows per fate, each fate present
 * @param listed
 *            the first {@value #LISTED} rows of each fate, by their ids
 * @param tokens
 *            tokens of all sequences before cutting
 * @param promptTokensCut
 *            how many of them cutting takes from prompts, rows left out not counted
 * @param completionTokensCut
 *            how many of them cutting takes from completions
 */
public record DataSurvey(int rows, Map<RowFate, Integer> counts, Map<RowFate, List<Integer>> listed, long tokens,
        long promptTokensCut, long completionTokensCut) {

    /** Rows listed per fate at most. */
    public static final int LISTED = 1000;
    private static final int NAMED = 20;

    public DataSurvey {
        counts = Collections.unmodifiableMap(new EnumMap<>(counts));
        listed = Collections.unmodifiableMap(new EnumMap<>(listed));
    }

    /**
     * Looks at every row.
     *
     * @param progress
     *            hears how many rows have been looked at
     * @param cancelled
     *            asked row by row
     * @throws CancellationException
     *             when cancelled
     */
    public static DataSurvey of(ExampleView view, Collator collator, Truncation truncation, IntConsumer progress,
            BooleanSupplier cancelled) {
        Count count = new Count();
        if (collator.pairsRows()) {
            Set<Integer> used = new HashSet<>();
            for (StepPairing pair : collator.pairs(view, view.size())) {
                used.addAll(List.of(pair.right(), pair.wrong()));
                Stepwise wrong = (Stepwise) view.get(pair.wrong());
                count.add(wrong.id().index(),
                        Prepared.of(collator.collate((Stepwise) view.get(pair.right()), wrong), truncation));
            }
            count.counts.merge(RowFate.SILENT, view.size() - used.size(), Integer::sum);
        } else {
            for (int row = 0; row < view.size(); row++) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("the survey was cancelled");
                }
                PreferenceExample example = view.get(row);
                count.add(example.id().index(), Prepared.of(collator.collate(example), truncation));
                progress.accept(row + 1);
            }
        }
        return new DataSurvey(view.size(), count.counts, count.listed, count.tokens, count.promptTokensCut,
                count.completionTokensCut);
    }

    /** Tokens that cutting takes away. */
    public long tokensCut() {
        return promptTokensCut + completionTokensCut;
    }

    /** One sentence on rows that are cut or left out as too long; empty if there are none. */
    public Optional<String> cutReport(Truncation truncation) {
        return CutReport.of(counts, listed, rows, truncation);
    }

    /** How many rows (or pairs of rows) have this fate. */
    public int count(RowFate fate) {
        return counts.get(fate);
    }

    /** The first rows with this fate, by their ids. */
    public List<Integer> rowsOf(RowFate fate) {
        return listed.get(fate);
    }

    /** Why a run on these rows is refused, naming rows and what can be done; empty if nothing stands against it. */
    public Optional<String> refusal(Truncation truncation) {
        return refusal(listed.get(RowFate.PROMPT_FILLS), counts.get(RowFate.PROMPT_FILLS), rows, truncation);
    }

    static Optional<String> refusal(List<Integer> filled, int count, int rows, Truncation truncation) {
        if (count == 0) {
            return Optional.empty();
        }
        String named = filled.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return Optional.of(String.format(Locale.ROOT,
                "%d of %d rows have a prompt that fills %d tokens, so nothing is left to learn from (row %s%s, counted"
                        + " from 0): raise data.max_length, set data.prompt_truncation to cut_left to cut prompts at"
                        + " their start, or to drop to leave such rows out",
                count, rows, truncation.maxLength(), named, count > NAMED ? ", …" : ""));
    }

    private static final class Count {
        final Map<RowFate, Integer> counts = new EnumMap<>(RowFate.class);
        final Map<RowFate, List<Integer>> listed = new EnumMap<>(RowFate.class);
        long tokens;
        long promptTokensCut;
        long completionTokensCut;

        Count() {
            for (RowFate fate : RowFate.values()) {
                counts.put(fate, 0);
                listed.put(fate, new ArrayList<>());
            }
        }

        void add(int row, Prepared prepared) {
            counts.merge(prepared.fate(), 1, Integer::sum);
            List<Integer> rows = listed.get(prepared.fate());
            if (rows.size() < LISTED) {
                rows.add(row);
            }
            tokens += prepared.tokens();
            promptTokensCut += prepared.promptTokensCut();
            completionTokensCut += prepared.completionTokensCut();
        }
    }
}
