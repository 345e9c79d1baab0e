package preflab.datasets.check;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;

/** Rows whose prompt also stands in held-out data; see {@link PromptOverlap} for what counts as equal. */
final class Leakage implements RowCheck {

    private final String heldOutName;
    private final long[] heldOut;
    private final Keys prompts = new Keys();

    Leakage(ExampleView heldOutView) {
        this.heldOutName = heldOutView.version().display();
        Keys keys = new Keys();
        for (int i = 0; i < heldOutView.size(); i++) {
            keys.add(Fingerprint.ofPrompt(heldOutView.get(i)).high());
        }
        this.heldOut = keys.sorted();
    }

    @Override
    public void add(PreferenceExample row) {
        prompts.add(Fingerprint.ofPrompt(row).high());
    }

    @Override
    public Optional<Finding> finding(ExampleView view) {
        List<Integer> rows = IntStream.range(0, prompts.size())
                .filter(row -> Keys.contains(heldOut, prompts.get(row))).boxed().toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding("leakage", String.format(Locale.ROOT,
                        "%,d rows have a prompt of %s: what is measured there is no generalisation", rows.size(),
                        heldOutName), rows.size(), rows, "leave them out, or split anew with equal prompts together"));
    }
}
