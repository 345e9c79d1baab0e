package preflab.app.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import preflab.app.shell.Theme;
import preflab.app.ui.Ui;
import preflab.engine.param.Param;
import preflab.engine.param.Params;

class ParamFormTest {

    private static final List<Param<?>> PARAMS = List.of(
            Params.positive("beta", "β", "Temperature", 0.1, "Scales the reward."),
            Params.between("alpha", "α", "Weight of the accepted", 0.5, 0, 1, "Share of accepted answers."),
            Params.count("steps", "Steps", 100, 1, 1000, "Optimizer steps."),
            Params.choice("mode", "Mode", "first", List.of("first", "second"), "Which."),
            Params.flag("normalise", "Normalise by length", true, "Whether."));

    private final Ui ui = Ui.get();
    private FormModel form;

    @BeforeEach
    void show() {
        form = new FormModel(PARAMS);
        ui.show(Theme.LIGHT, 520, 400, () -> new ParamForm(form));
    }

    @Test
    void typingIntoAFieldChangesTheModelAndMovesTheSlider() {
        TextField beta = ui.find(TextField.class, "#field-beta");
        ui.robot().clickOn(beta).push(KeyCode.CONTROL, KeyCode.A).write("10");
        ui.settle();
        assertThat(form.field("beta").textProperty().get()).isEqualTo("10");
        NumberSlider slider = ui.find(NumberSlider.class, "#slider-beta");
        assertThat(slider.getValue()).isBetween(0.83, 0.84);
    }

    @Test
    void aWrongValueIsExplainedBelowItsField() {
        ui.robot().clickOn("#field-alpha").push(KeyCode.CONTROL, KeyCode.A).write("2");
        ui.settle();
        Label problem = ui.find(Label.class, "#problem-alpha");
        assertThat(problem.isVisible()).isTrue();
        assertThat(problem.getText()).isEqualTo("alpha must lie in [0, 1], not 2.0");
    }

    @SuppressWarnings("unchecked") // the form makes spinners of whole numbers only
    @Test
    void theSpinnerKeepsTextThatIsNoNumberAndGoesOnFromTheLastGoodValue() {
        Spinner<Integer> steps = ui.find(Spinner.class, "#field-steps");
        ui.robot().clickOn(steps.getEditor()).push(KeyCode.CONTROL, KeyCode.A).write("12x");
        ui.settle();
        assertThat(form.validProperty().get()).isFalse();
        ui.run(() -> steps.increment(1));
        assertThat(form.field("steps").textProperty().get()).isEqualTo("13");
        assertThat(form.validProperty().get()).isTrue();
    }

    @Test
    void everyControlHasANameForAScreenReader() {
        for (String id : List.of("beta", "alpha", "steps", "mode", "normalise")) {
            Node control = ui.find(Node.class, "#field-" + id);
            assertThat(control.getAccessibleText()).isNotBlank();
        }
    }

    @Test
    void theToggleWritesTrueAndFalse() {
        CheckBox box = ui.find(CheckBox.class, "#field-normalise");
        ui.robot().clickOn(box);
        ui.settle();
        assertThat(form.texts()).containsEntry("normalise", "false");
    }

    /** As on a page whose maker keeps nothing: the garbage collector must not cut the fields off. */
    @Test
    void aFormThatOnlyItsPageHoldsGoesOnListening() {
        List<String> heard = new ArrayList<>();
        ui.show(Theme.LIGHT, 520, 400, () -> {
            FormModel own = new FormModel(PARAMS);
            own.field("mode").textProperty().addListener((property, before, now) -> heard.add(now));
            return new ParamForm(own);
        });
        System.gc();
        ui.run(() -> ui.find(ComboBox.class, "#field-mode").getSelectionModel().select(1));
        assertThat(heard).containsExactly("second");
    }

    @Test
    void itLooksRightInBothThemes() {
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            ui.show(theme, 460, 340, () -> {
                FormModel wrong = new FormModel(PARAMS);
                wrong.field("alpha").textProperty().set("1.5");
                return new ParamForm(wrong);
            });
            ui.picture("form-" + (theme == Theme.DARK ? "dark" : "light"));
        }
    }
}
