package preflab.datasets.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;

/** Prompts that the file's own column {@code split} puts into several parts. */
final class SeveralParts implements RowCheck {

    private final Keys prompts = new Keys();
    private final List<String> parts = new ArrayList<>();
    private long shared = -1;

    @Override
    public void add(PreferenceExample row) {
        prompts.add(Fingerprint.ofPrompt(row).high());
        String part = row.source().side().get("split");
        parts.add(part == null ? null : part.intern());
    }

    @Override
    public Optional<Composition> composition() {
        if (shared < 0) {
            return Optional.empty();
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("prompt in one split", parts.size() - shared);
        counts.put("prompt in several", shared);
        return Optional.of(new Composition("splits", "Rows by the splits of the file", counts));
    }

    @Override
    public Optional<Finding> finding(ExampleView view) {
        if (parts.stream().distinct().limit(2).count() < 2) {
            return Optional.empty();
        }
        List<Integer> rows = prompts.groups().stream()
                .filter(group -> group.stream().map(parts::get).distinct().count() > 1).flatMap(List::stream).sorted()
                .toList();
        shared = rows.size();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding("several_parts", "a prompt that stands in several splits of the file in "
                        + Finding.rows(rows.size()),
                        rows.size(), rows, "split anew: equal prompts are kept together"));
    }
}
