package preflab.app.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import preflab.datasets.example.Content;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.example.Stepwise;

/** What moving the step threshold makes of the steps of one answer. */
final class Flips {

    private Flips() {
    }

    /** The new label of each step that changes between the two thresholds. */
    static List<Optional<StepLabel>> of(Page.Steps shown, double before, double now) {
        Stepwise answer = new Stepwise(new ExampleId(0), Content.of(""),
                shown.lines().stream().map(line -> new Step(line.text(), line.verdict(), line.q())).toList(),
                shown.right(), new Source("", 0));
        List<StepLabel> old = new StepThreshold(before).labels(answer);
        List<StepLabel> fresh = new StepThreshold(now).labels(answer);
        List<Optional<StepLabel>> flips = new ArrayList<>(old.size());
        for (int i = 0; i < old.size(); i++) {
            flips.add(old.get(i) == fresh.get(i) ? Optional.empty() : Optional.of(fresh.get(i)));
        }
        return flips;
    }
}
