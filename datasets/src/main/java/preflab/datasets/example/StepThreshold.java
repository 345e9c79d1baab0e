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
     * The binary label of each step. A step with a Q value goes by the rule above; one without goes by its stored
     * label: GOOD and NEUTRAL are right, BAD is wrong, and UNMARKED takes no part in training.
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
        if (rightAnswer) {
            return StepLabel.GOOD;
        }
        if (step.q().isPresent()) {
            return step.q().getAsDouble() >= threshold ? StepLabel.GOOD : StepLabel.BAD;
        }
        return step.label() == StepLabel.NEUTRAL ? StepLabel.GOOD : step.label();
    }
}
