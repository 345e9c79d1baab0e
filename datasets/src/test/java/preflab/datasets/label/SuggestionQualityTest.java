package preflab.datasets.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import org.junit.jupiter.api.Test;

import preflab.datasets.Examples;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;

class SuggestionQualityTest {

    private static Suggestion step(int row, int step, double probability) {
        return new Suggestion(row, step, probability, "run 1");
    }

    /** Right 0.9, 0.4; wrong 0.6, 0.2, 0.4: three of five agree; AUC = (3 + 1.5)/6, the tie counting one half. */
    @Test
    void figuresAreThoseOfTheArithmetic() {
        ExampleView rows = Examples.view(
                Examples.stepwise("p", false, Step.labelled("a", StepLabel.GOOD), Step.labelled("b", StepLabel.GOOD),
                        Step.labelled("c", StepLabel.NEUTRAL), Step.labelled("d", StepLabel.UNMARKED)),
                Examples.stepwise("q", false, Step.labelled("a", StepLabel.BAD), Step.labelled("b", StepLabel.BAD),
                        Step.labelled("c", StepLabel.BAD)));

        SuggestionQuality quality = SuggestionQuality.of(List.of(step(0, 0, 0.9), step(0, 1, 0.4), step(0, 2, 0.1),
                step(0, 3, 0.1), step(1, 0, 0.6), step(1, 1, 0.2), step(1, 2, 0.4), step(0, -1, 0.9)), rows);

        assertThat(quality.count()).isEqualTo(5);
        assertThat(quality.accuracy()).isCloseTo(0.6, within(1e-12));
        assertThat(quality.majority()).isCloseTo(0.6, within(1e-12));
        assertThat(quality.kappa()).isCloseTo((0.6 - 0.52) / (1 - 0.52), within(1e-12)); // 2/5·2/5 + 3/5·3/5
        assertThat(quality.auc()).isCloseTo(4.5 / 6, within(1e-12));
    }

    @Test
    void whereTheDataSaysNothingThereIsNoFigure() {
        ExampleView rows = Examples.view(Examples.stepwise("p", Step.labelled("a", StepLabel.UNMARKED)));
        SuggestionQuality quality = SuggestionQuality.of(List.of(step(0, 0, 0.9)), rows);
        assertThat(quality.count()).isZero();
        assertThat(quality.accuracy()).isNaN();
        assertThat(quality.kappa()).isNaN();
        assertThat(quality.auc()).isNaN();
    }
}
