package preflab.datasets.label;

import java.util.Objects;

import preflab.datasets.example.StepLabel;

/**
 * What a model thinks of one step. Never a verdict: it counts only where a person accepts it.
 *
 * @param row
 *            the row's index in its version
 * @param step
 *            counted from 0; −1 for the answer as a whole
 * @param probability
 *            that it is right, in [0, 1]
 * @param source
 *            the run it comes from, for people
 */
public record Suggestion(int row, int step, double probability, String source) {
    public Suggestion {
        Objects.requireNonNull(source, "source");
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability must lie in [0, 1], not " + probability);
        }
    }

    /** GOOD from 1/2 on, else BAD. */
    public StepLabel label() {
        return probability >= 0.5 ? StepLabel.GOOD : StepLabel.BAD;
    }

    /** 1 at a probability of 1/2, 0 at 0 and 1. */
    public double uncertainty() {
        return 1 - Math.abs(2 * probability - 1);
    }
}
