package preflab.engine.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Stepwise;

/**
 * The tokenised examples of a dataset version, and what became of its rows on the way.
 *
 * @param rows
 *            rows looked at
 * @param cut
 *            rows of which a sequence was cut
 * @param dropped
 *            rows left out because they were too long
 * @param silent
 *            rows that say nothing to this objective, such as rejected answers to SFT
 * @param nothingLeft
 *            rows in which nothing to learn from was left after cutting
 * @param promptFills
 *            those of them whose prompt fills the limit: a run on them is refused, see {@link #refusal}
 */
public record Examples(List<Item> items, int rows, int cut, int dropped, int silent, List<Integer> nothingLeft,
        List<Integer> promptFills) {

    private static final int NAMED = 20;

    public Examples {
        items = List.copyOf(items);
        nothingLeft = List.copyOf(nothingLeft);
        promptFills = List.copyOf(promptFills);
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
        return new Examples(gathering.items, rows, gathering.cut, gathering.dropped, gathering.silent,
                gathering.nothingLeft, gathering.promptFills);
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
        final List<Integer> nothingLeft = new ArrayList<>();
        final List<Integer> promptFills = new ArrayList<>();
        int cut;
        int dropped;
        int silent;

        Gathering(Truncation truncation) {
            this.truncation = truncation;
        }

        void add(int row, List<Sequence> sequences) {
            Prepared prepared = Prepared.of(sequences, truncation);
            switch (prepared.fate()) {
                case WHOLE -> items.add(new Item(row, prepared.used()));
                case CUT -> {
                    items.add(new Item(row, prepared.used()));
                    cut++;
                }
                case SILENT -> silent++;
                case DROPPED -> dropped++;
                case PROMPT_FILLS -> {
                    promptFills.add(row);
                    nothingLeft.add(row);
                }
                case EQUAL_SIDES, NOTHING_MARKED -> nothingLeft.add(row);
            }
        }
    }

    /** One sentence on what was cut, with its share; empty if nothing was. */
    public Optional<String> cutReport(Truncation truncation) {
        if (cut + dropped == 0) {
            return Optional.empty();
        }
        String what = truncation.mode() == Truncation.Mode.DROP ? "left out" : "cut";
        return Optional.of(String.format(Locale.ROOT, "%d of %d rows (%.1f %%) are longer than %d tokens and were %s",
                cut + dropped, rows, 100.0 * (cut + dropped) / rows, truncation.maxLength(), what));
    }

    /** Why a run is refused: see {@link DataSurvey#refusal(Truncation)}. */
    public Optional<String> refusal(Truncation truncation) {
        return DataSurvey.refusal(promptFills, promptFills.size(), rows, truncation);
    }

    /** One sentence on rows without anything to learn from, naming them; empty if there are none. */
    public Optional<String> nothingLeftReport(Truncation truncation) {
        if (nothingLeft.isEmpty()) {
            return Optional.empty();
        }
        String named = String.join(", ", nothingLeft.stream().limit(NAMED).map(row -> Integer.toString(row)).toList());
        String more = nothingLeft.size() > NAMED ? " and " + (nothingLeft.size() - NAMED) + " more" : "";
        return Optional.of(String.format(Locale.ROOT,
                "%d of %d rows were refused: within %d tokens they leave nothing to learn from (row %s%s, counted from 0);"
                        + " raise data.max_length or set data.truncation to cut_left",
                nothingLeft.size(), rows, truncation.maxLength(), named, more));
    }
}
