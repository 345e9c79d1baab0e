package preflab.datasets.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
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

    /** Counts steps with a Q value, whatever their label. */
    public static final String WITH_VALUE = "with q";

    private static final Map<Kind, List<String>> LABELS = Map.of(Kind.UNPAIRED, List.of("accepted", "rejected"),
            Kind.STEPWISE, List.of("good", "neutral", "bad", "unmarked", WITH_VALUE), Kind.FORGET_RETAIN,
            List.of("forget", "retain"));

    public LabelBalance {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }

    /** Counts over all rows. */
    public static LabelBalance of(ExampleView view) {
        Count count = new Count(view.kind());
        for (int i = 0; i < view.size() && !count.counts.isEmpty(); i++) {
            count.add(view.get(i));
        }
        return count.balance();
    }

    /** Counts row by row. */
    static final class Count {

        private final Map<String, Long> counts = new LinkedHashMap<>();

        Count(Kind kind) {
            LABELS.getOrDefault(kind, List.of()).forEach(label -> counts.put(label, 0L));
        }

        void add(PreferenceExample example) {
            switch (example) {
                case Unpaired row -> add(row.accepted() ? "accepted" : "rejected");
                case Unlearning row -> add(row.forget() ? "forget" : "retain");
                case Stepwise row -> addSteps(row);
                default -> {
                    // no labels
                }
            }
        }

        LabelBalance balance() {
            return new LabelBalance(counts);
        }

        private void addSteps(Stepwise row) {
            row.steps().forEach(step -> {
                add(switch (step.label()) {
                    case GOOD -> "good";
                    case NEUTRAL -> "neutral";
                    case BAD -> "bad";
                    case UNMARKED -> "unmarked";
                });
                if (step.q().isPresent()) {
                    add(WITH_VALUE);
                }
            });
        }

        private void add(String label) {
            counts.merge(label, 1L, Long::sum);
        }
    }
}
