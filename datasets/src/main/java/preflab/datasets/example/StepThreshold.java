package preflab.datasets.example;

import java.util.ArrayList;
import java.util.List;

/**
 * PIPA's rule from Q values to binary step labels: every step of a right answer is right; in a wrong answer a step is
 * right iff its Q ≥ threshold. Applied when batches are made, never to stored data.
 */
public record StepThreshold(double threshold) {

    public StepThreshold {
        if (!(threshold >= -1 && threshold <= 1)) {
            throw new IllegalArgumentException("step threshold must lie in [-1, 1], not " + threshold);
        }
    }

    /**
     * The binary label of each step. A stored verdict outranks Q, also in a right answer, since a verdict is somebody's
     * judgement and Q an estimate: GOOD and NEUTRAL are right, BAD is wrong. An UNMARKED step with a Q value goes by the
     * rule above; one without is right in a right answer and takes no part in training in any other (so steps after
     * a first error stay out where they have no Q).
     *
     * @return one label per step: GOOD, BAD or UNMARKED
     */
    public List<StepLabel> labels(Stepwise example) {
        boolean right = example.answerCorrect().orElse(false);
        List<StepLabel> labels = new ArrayList<>(example.steps().size());
        for (Step step : example.steps()) {
            labels.add(label(step, right));
        }
        return List.copyOf(labels);
    }

    // decision: docs/decisions, "A verdict outranks a value"
    private StepLabel label(Step step, boolean rightAnswer) {
        return switch (step.label()) {
            case GOOD, NEUTRAL -> StepLabel.GOOD;
            case BAD -> StepLabel.BAD; // right answers are met with wrong steps in them
            case UNMARKED -> unmarked(step, rightAnswer);
        };
    }

    private StepLabel unmarked(Step step, boolean rightAnswer) {
        if (rightAnswer) {
            return StepLabel.GOOD;
        }
        if (step.q().isEmpty()) {
            return StepLabel.UNMARKED;
        }
        return step.q().getAsDouble() >= threshold ? StepLabel.GOOD : StepLabel.BAD;
    }
}
