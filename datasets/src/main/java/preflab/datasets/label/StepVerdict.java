package preflab.datasets.label;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;

/**
 * What one person said about one step: a label, a value, or nothing yet.
 *
 * @param label
 *            UNMARKED takes the data's label away; empty says nothing about it
 * @param q
 *            in [−1, 1]; empty says nothing about the data's Q
 */
public record StepVerdict(Optional<StepLabel> label, OptionalDouble q) {

    /** Nothing said. */
    public static final StepVerdict NONE = new StepVerdict(Optional.empty(), OptionalDouble.empty());

    public StepVerdict {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(q, "q");
        if (q.isPresent() && !(q.getAsDouble() >= -1 && q.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("Q of a step must lie in [-1, 1], not " + q.getAsDouble());
        }
    }

    public static StepVerdict of(StepLabel label) {
        return new StepVerdict(Optional.of(label), OptionalDouble.empty());
    }

    public static StepVerdict valued(double q) {
        return new StepVerdict(Optional.empty(), OptionalDouble.of(q));
    }

    /** Whether anything is said. */
    public boolean given() {
        return label.isPresent() || q.isPresent();
    }

    /**
     * The step as this person sees it. A label leaves the data's Q in place; a value replaces it and takes the data's
     * label away, so that the value decides in training.
     */
    public Step on(Step step) {
        if (q.isPresent()) {
            return new Step(step.text(), label.orElse(StepLabel.UNMARKED), q);
        }
        return label.isPresent() ? new Step(step.text(), label.get(), step.q()) : step;
    }
}
