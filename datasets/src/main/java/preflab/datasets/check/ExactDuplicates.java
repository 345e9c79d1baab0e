package preflab.datasets.check;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;

/** Rows with equal prompts and equal answers, whatever their labels. */
final class ExactDuplicates implements RowCheck {

    private final Keys texts = new Keys();

    @Override
    public void add(PreferenceExample row) {
        texts.add(Fingerprint.ofTexts(row).high());
    }

    @Override
    public Optional<Finding> finding(ExampleView view) {
        List<Integer> later = texts.groups().stream().flatMap(group -> group.stream().skip(1)).sorted().toList();
        return later.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding("duplicates", String.format(Locale.ROOT,
                        "%,d rows repeat the texts of an earlier one", later.size()), later.size(), later,
                        "leave them out: convert with without_duplicates"));
    }
}
