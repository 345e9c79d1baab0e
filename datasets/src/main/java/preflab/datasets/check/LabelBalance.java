package preflab.datasets.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;

/**
 * How often each label occurs: accepted and rejected answers, good, neutral, bad and unmarked steps (and how many steps
 * have a Q value), rows to forget and to retain.
 *
 * @param counts
 *            label → how often, in a fixed order; empty for kinds without labels
 */
public record LabelBalance(Map<String, Long> counts) {

    private static final Map<Kind, List<String>> LABELS = Map.of(Kind.UNPAIRED, List.of("accepted", "rejected"),
            Kind.STEPWISE, List.of("good", "neutral", "bad", "unmarked", "with q"), Kind.FORGET_RETAIN,
            List.of("forget", "retain"));

    public LabelBalance {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }

    /** Counts over all rows. */
    public static LabelBalance of(ExampleView view) {
        Map<String, Long> counts = new LinkedHashMap<>();
        LABELS.getOrDefault(view.kind(), List.of()).forEach(label -> counts.put(label, 0L));
        for (int i = 0; i < view.size() && !counts.isEmpty(); i++) {
            switch (view.get(i)) {
                case Unpaired row -> add(counts, row.accepted() ? "accepted" : "rejected");
                case Unlearning row -> add(counts, row.forget() ? "forget" : "retain");
                case Stepwise row -> addSteps(counts, row);
                default -> throw new IllegalArgumentException("row " + i + " is not of kind " + view.kind().id());
            }
        }
        return new LabelBalance(counts);
    }

    private static void addSteps(Map<String, Long> counts, Stepwise row) {
        row.steps().forEach(step -> {
            add(counts, switch (step.label()) {
                case GOOD -> "good";
                case NEUTRAL -> "neutral";
                case BAD -> "bad";
                case UNMARKED -> "unmarked";
            });
            if (step.q().isPresent()) {
                add(counts, "with q");
            }
        });
    }

    private static void add(Map<String, Long> counts, String label) {
        counts.merge(label, 1L, Long::sum);
    }
}
