package preflab.datasets.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;

/** Prompts that the file's own column {@code split} puts into several parts. */
final class SeveralParts implements RowCheck {

    private final Keys prompts = new Keys();
    private final List<String> parts = new ArrayList<>();

    @Override
    public void add(PreferenceExample row) {
        prompts.add(Fingerprint.ofPrompt(row).high());
        String part = row.source().side().get("split");
        parts.add(part == null ? null : part.intern());
    }

    @Override
    public Optional<Finding> finding(ExampleView view) {
        if (parts.stream().distinct().limit(2).count() < 2) {
            return Optional.empty();
        }
        List<Integer> rows = prompts.groups().stream()
                .filter(group -> group.stream().map(parts::get).distinct().count() > 1).flatMap(List::stream).sorted()
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding("several_parts", String.format(Locale.ROOT,
                        "%,d rows have a prompt that stands in several splits of the file", rows.size()),
                        rows.size(), rows, "split anew: equal prompts are kept together"));
    }
}
