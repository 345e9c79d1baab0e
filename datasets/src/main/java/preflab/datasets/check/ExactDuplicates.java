package preflab.datasets.check;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;

/** Rows with equal prompts and equal answers, whatever their labels. */
final class ExactDuplicates implements RowCheck {

    private final Keys texts = new Keys();
    private final BitSet repeats = new BitSet();

    @Override
    public void add(PreferenceExample row) {
        texts.add(Fingerprint.ofTexts(row).high());
    }

    /** Whether a row repeats an earlier one; known after {@link #finding}. */
    boolean repeats(int row) {
        return repeats.get(row);
    }

    @Override
    public Optional<Finding> finding(ExampleView view) {
        List<Integer> later = texts.groups().stream().flatMap(group -> group.stream().skip(1)).sorted().toList();
        later.forEach(repeats::set);
        return later.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding("duplicates", "the texts of an earlier row again in "
                        + Finding.rows(later.size()), later.size(), later,
                        "leave them out: convert with without_duplicates"));
    }
}
