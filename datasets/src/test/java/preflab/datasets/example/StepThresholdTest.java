package preflab.datasets.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StepThresholdTest {

    private static final StepThreshold HALF = new StepThreshold(0.5);

    @Test
    void inAWrongAnswerAStepIsRightFromTheThresholdOn() {
        assertThat(
                labels(false, Step.valued("a", 0.5), Step.valued("b", 0.49999), Step.valued("c", -1), Step.valued("d",
                        1)))
                .containsExactly(StepLabel.GOOD, StepLabel.BAD, StepLabel.BAD, StepLabel.GOOD);
    }

    @Test
    void everyValuedStepOfARightAnswerIsRight() {
        assertThat(labels(true, Step.valued("a", 0.9), Step.valued("b", -0.2))).containsOnly(StepLabel.GOOD);
    }

    @Test
    void aStoredVerdictOutranksQ() {
        assertThat(
                labels(false, valued(StepLabel.BAD, 0.9), valued(StepLabel.GOOD, -0.9), valued(StepLabel.NEUTRAL, -1),
                        valued(StepLabel.UNMARKED, 0.5)))
                .containsExactly(StepLabel.BAD, StepLabel.GOOD, StepLabel.GOOD, StepLabel.GOOD);
        assertThat(labels(true, valued(StepLabel.BAD, 1), valued(StepLabel.UNMARKED, -1)))
                .containsExactly(StepLabel.BAD, StepLabel.GOOD);
    }

    @Test
    void aPersonsVerdictHoldsAlsoInARightAnswer() {
        assertThat(labels(true, Step.labelled("a", StepLabel.GOOD), Step.labelled("b", StepLabel.BAD),
                Step.labelled("c", StepLabel.UNMARKED)))
                .containsExactly(StepLabel.GOOD, StepLabel.BAD, StepLabel.GOOD);
    }

    @Test
    void neutralIsRightAndUnmarkedTakesNoPart() {
        assertThat(labels(false, Step.labelled("a", StepLabel.NEUTRAL), Step.labelled("b", StepLabel.UNMARKED)))
                .containsExactly(StepLabel.GOOD, StepLabel.UNMARKED);
    }

    @Test
    void thresholdsOutsideOfTheRangeOfQAreRefused() {
        assertThatThrownBy(() -> new StepThreshold(1.5)).hasMessageContaining("[-1, 1]");
    }

    private static Step valued(StepLabel label, double q) {
        return new Step("s", label, OptionalDouble.of(q));
    }

    private static List<StepLabel> labels(boolean right, Step... steps) {
        return HALF.labels(new Stepwise(new ExampleId(0), Content.of("p"), List.of(steps), Optional.of(right),
                new Source("test", 1)));
    }
}
