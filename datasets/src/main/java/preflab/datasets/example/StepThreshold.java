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
     * The binary label of each step. A step with a Q value goes by the rule above. One without goes by its stored label,
     * also in a right answer: GOOD and NEUTRAL are right, BAD is wrong. An UNMARKED one is right in a right answer and
     * takes no part in training in any other.
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

    private StepLabel label(Step step, boolean rightAnswer) {
        if (step.q().isPresent()) {
            return rightAnswer || step.q().getAsDouble() >= threshold ? StepLabel.GOOD : StepLabel.BAD;
        }
        return switch (step.label()) {
            case GOOD, NEUTRAL -> StepLabel.GOOD;
            case BAD -> StepLabel.BAD; // a person's verdict: right answers are met with wrong steps in them
            case UNMARKED -> rightAnswer ? StepLabel.GOOD : StepLabel.UNMARKED;
        };
    }
}
