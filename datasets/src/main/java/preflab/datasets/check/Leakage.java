package preflab.datasets.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;

/** Rows whose prompt also stands in held-out data; see {@link PromptOverlap} for what counts as equal. */
final class Leakage implements RowCheck {

    private final String heldOutName;
    private final Keys heldOutKeys = new Keys();
    private final long[] heldOut;
    private final Keys prompts = new Keys();

    Leakage(ExampleView heldOutView) {
        this.heldOutName = heldOutView.version().display();
        for (int i = 0; i < heldOutView.size(); i++) {
            heldOutKeys.add(Fingerprint.ofPrompt(heldOutView.get(i)).high());
        }
        this.heldOut = heldOutKeys.sorted();
    }

    @Override
    public void add(PreferenceExample row) {
        prompts.add(Fingerprint.ofPrompt(row).high());
    }

    @Override
    public Optional<Composition> composition() {
        long[] known = prompts.sorted();
        int rows = heldOutKeys.size();
        long leaked = IntStream.range(0, rows).filter(row -> Keys.contains(known, heldOutKeys.get(row))).count();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("prompt not trained on", rows - leaked);
        counts.put("prompt trained on", leaked);
        return Optional.of(new Composition("held_out", "Rows of " + heldOutName, counts));
    }

    @Override
    public Optional<Finding> finding(ExampleView view) {
        List<Integer> rows = IntStream.range(0, prompts.size())
                .filter(row -> Keys.contains(heldOut, prompts.get(row))).boxed().toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding("leakage", "a prompt of " + heldOutName + " in "
                        + Finding.rows(rows.size()) + ": what is measured there is no generalisation", rows.size(),
                        rows, "leave them out, or split anew with equal prompts together"));
    }
}
