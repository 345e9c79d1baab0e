package preflab.datasets.example;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One step of a worked answer.
 *
 * @param text
 *            the step with its white space; the texts of all steps joined are the answer
 * @param label
 *            the verdict stored in the data
 * @param q
 *            the value of the state after this step in [−1, 1] (2 × success rate − 1), where known
 */
public record Step(String text, StepLabel label, OptionalDouble q) {
    public Step {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(label, "label");
        if (q.isPresent() && !(q.getAsDouble() >= -1 && q.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("Q of a step must lie in [-1, 1], not " + q.getAsDouble());
        }
    }

    public static Step labelled(String text, StepLabel label) {
        return new Step(text, label, OptionalDouble.empty());
    }

    public static Step valued(String text, double q) {
        return new Step(text, StepLabel.UNMARKED, OptionalDouble.of(q));
    }
}
