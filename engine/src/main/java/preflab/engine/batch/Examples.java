package preflab.engine.batch;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Stepwise;

/**
 * The tokenised examples of a dataset version, and what became of its rows on the way.
 *
 * @param rows
 *            rows looked at
 * @param silent
 *            rows that say nothing to this objective, such as rejected answers to SFT
 * @param fates
 *            the rows of all other fates but {@link RowFate#WHOLE}, by their ids
 */
public record Examples(List<Item> items, int rows, int silent, Map<RowFate, List<Integer>> fates) {

    private static final int NAMED = 20;

    public Examples {
        items = List.copyOf(items);
        fates = Map.copyOf(fates);
    }

    /** The rows that this became of, by their ids; not for those used whole and those silent. */
    public List<Integer> rowsOf(RowFate fate) {
        return fates.getOrDefault(fate, List.of());
    }

    /** How many rows are trained on without all of their tokens. */
    public int cut() {
        return rowsOf(RowFate.CUT_PROMPT).size() + rowsOf(RowFate.CUT_COMPLETION).size()
                + rowsOf(RowFate.CUT_BOTH).size();
    }

    /** How many rows are left out because they are too long. */
    public int dropped() {
        return rowsOf(RowFate.DROPPED).size();
    }

    /** Rows in which nothing to learn from was left after cutting. */
    public List<Integer> nothingLeft() {
        return Stream.of(RowFate.PROMPT_FILLS, RowFate.EQUAL_SIDES, RowFate.NOTHING_MARKED)
                .flatMap(fate -> rowsOf(fate).stream()).sorted().toList();
    }

    /** Tokenises the first {@code limit} rows. */
    public static Examples of(ExampleView view, int limit, Collator collator, Truncation truncation) {
        int rows = Math.min(limit, view.size());
        Gathering gathering = new Gathering(truncation);
        if (collator.pairsRows()) {
            Set<Integer> used = new HashSet<>();
            for (StepPairing pair : collator.pairs(view, rows)) {
                used.addAll(List.of(pair.right(), pair.wrong()));
                PreferenceExample wrong = view.get(pair.wrong());
                gathering.add(wrong.id().index(),
                        collator.collate((Stepwise) view.get(pair.right()), (Stepwise) wrong));
            }
            gathering.silent += rows - used.size();
        } else {
            for (int row = 0; row < rows; row++) {
                PreferenceExample example = view.get(row);
                gathering.add(example.id().index(), collated(collator, example));
            }
        }
        return new Examples(gathering.items, rows, gathering.silent, gathering.fates);
    }

    /** A chat template may refuse a conversation, which is then to be found. */
    private static List<Sequence> collated(Collator collator, PreferenceExample example) {
        try {
            return collator.collate(example);
        } catch (ModelException e) {
            throw new ModelException("row " + example.id().index() + " (counted from 0): " + e.getMessage(), e);
        }
    }

    /** Sorts examples by what becomes of them. */
    private static final class Gathering {
        final Truncation truncation;
        final List<Item> items = new ArrayList<>();
        final Map<RowFate, List<Integer>> fates = new EnumMap<>(RowFate.class);
        int silent;

        Gathering(Truncation truncation) {
            this.truncation = truncation;
        }

        void add(int row, List<Sequence> sequences) {
            Prepared prepared = Prepared.of(sequences, truncation);
            RowFate fate = prepared.fate();
            if (fate.trained()) {
                items.add(new Item(row, prepared.used()));
            }
            if (fate == RowFate.SILENT) {
                silent++;
            } else if (fate != RowFate.WHOLE) {
                fates.computeIfAbsent(fate, each -> new ArrayList<>()).add(row);
            }
        }
    }

    /** One sentence on what was cut or left out as too long; empty if nothing was. */
    public Optional<String> cutReport(Truncation truncation) {
        Map<RowFate, Integer> counts = new EnumMap<>(RowFate.class);
        fates.forEach((fate, its) -> counts.put(fate, its.size()));
        return CutReport.of(counts, fates, rows, truncation);
    }

    /** Why a run is refused: see {@link DataSurvey#refusal(Truncation)}. */
    public Optional<String> refusal(Truncation truncation) {
        return DataSurvey.refusal(rowsOf(RowFate.PROMPT_FILLS), rowsOf(RowFate.PROMPT_FILLS).size(), rows, truncation);
    }

    /** One sentence on rows without anything to learn from, naming them; empty if there are none. */
    public Optional<String> nothingLeftReport(Truncation truncation) {
        List<Integer> nothingLeft = nothingLeft();
        if (nothingLeft.isEmpty()) {
            return Optional.empty();
        }
        String named = String.join(", ", nothingLeft.stream().limit(NAMED).map(row -> Integer.toString(row)).toList());
        String more = nothingLeft.size() > NAMED ? " and " + (nothingLeft.size() - NAMED) + " more" : "";
        return Optional.of(String.format(Locale.ROOT,
                "%d of %d rows were refused: within %d tokens they leave nothing to learn from (row %s%s, counted from 0);"
                        + " raise data.max_length or set data.prompt_truncation to cut_left",
                nothingLeft.size(), rows, truncation.maxLength(), named, more));
    }
}
