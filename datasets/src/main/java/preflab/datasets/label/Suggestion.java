package preflab.datasets.label;

import java.util.Objects;

import preflab.datasets.example.StepLabel;

/**
 * What a model thinks of one step, answer or pair. Never a verdict: it is kept apart from the events of people and counts
 * only where a person accepts it.
 *
 * @param row
 *            the row's index in its version
 * @param step
 *            of the data, counted from 0; {@link #WHOLE} for the answer as a whole, or for a pair
 * @param probability
 *            that it is right, in [0, 1]; of a pair, that the first answer of the data is the better one
 * @param source
 *            the run it comes from, for people
 */
public record Suggestion(int row, int step, double probability, String source) {

    /** The step of a suggestion about a whole answer, or a pair. */
    public static final int WHOLE = -1;

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

    /** Of a pair: the first answer of the data from 1/2 on, else the second. */
    public Choice choice() {
        return probability >= 0.5 ? Choice.FIRST : Choice.SECOND;
    }

    /** Of the suggested verdict, in [1/2, 1]. */
    public double confidence() {
        return Math.max(probability, 1 - probability);
    }

    /** 1 at a probability of 1/2, 0 at 0 and 1. */
    public double uncertainty() {
        return 1 - Math.abs(2 * probability - 1);
    }
}
