package preflab.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.control.Label;
import org.junit.jupiter.api.Test;
import preflab.app.shell.Theme;
import preflab.app.ui.Ui;
import preflab.projects.score.StepValue;

class StepValuesTest {

    private static final String ANSWER = "12+35=47\n47+8=54\n#### 54";

    private final Ui ui = Ui.get();

    private List<String> shown(Theme theme, String picture, List<StepValue> steps) {
        StepValues values = ui.show(theme, 420, 160, () -> new StepValues(ANSWER, steps));
        ui.picture(picture);
        return ui.on(() -> values.getChildren().stream().map(node -> ((Label) node).getText()).toList());
    }

    @Test
    void everyStepHasItsNumbersAndOnlyColumnsThatCanBeFilled() {
        double none = Double.NaN;
        assertThat(shown(Theme.LIGHT, "step-values-light",
                List.of(new StepValue(0, 0, 9, -1.25, 0.5, 0.9, 0.875), new StepValue(1, 9, 17, -6, -2.5, 0.25, 0.125),
                        new StepValue(2, 17, 24, -0.5, 0.125, 0.2, 0.1))))
                .containsExactly("step", "log-prob", "reward", "value", "posterior", "1  12+35=47", "−1.250", "0.500",
                        "0.900", "0.875", "2  47+8=54", "−6.000", "−2.500", "0.250", "0.125", "3  #### 54", "−0.500",
                        "0.125", "0.200", "0.100");
        assertThat(shown(Theme.DARK, "step-values-margin-dark",
                List.of(new StepValue(0, 0, 9, -1.25, 0.5, none, none), new StepValue(1, 9, 17, -6, -2.5, none, none))))
                .containsExactly("step", "log-prob", "reward", "1  12+35=47", "−1.250", "0.500", "2  47+8=54",
                        "−6.000", "−2.500");
    }
}
