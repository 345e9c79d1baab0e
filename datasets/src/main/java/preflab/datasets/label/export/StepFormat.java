package preflab.datasets.label.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Formats of labelled steps. Every one is read back by the importer with the same texts and labels. */
public enum StepFormat {
    /** {@code prompt, completions, labels} with true and false; null is unmarked. Holds no neutral. */
    TRL,
    /** PRM800K: {@code question, label.steps[].completions[].rating} with 1, 0, −1, null. Steps are lines. */
    PRM800K,
    /** Rows as Potato's process rewards: {@code steps[{index, reward}]}, with the texts and labels beside them. */
    POTATO,
    /** Math-Shepherd: {@code input} with a tag after every step, {@code label} with + or −. Holds no neutral. */
    MATH_SHEPHERD,
    /** ProcessBench: {@code steps, label}, the index of the first wrong step, or −1. Holds no neutral. */
    PROCESSBENCH;

    /** The name on the command line: {@code trl}, {@code prm800k}, {@code potato}, {@code math-shepherd}, … */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The format of this {@link #id()}. */
    public static Optional<StepFormat> of(String id) {
        return Arrays.stream(values()).filter(format -> format.id().equals(id)).findFirst();
    }
}
