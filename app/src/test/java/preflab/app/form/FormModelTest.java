package preflab.app.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import preflab.engine.param.Param;
import preflab.engine.param.Params;

class FormModelTest {

    private static final Param.OfDouble BETA = Params.positive("beta", "β", "Temperature", 0.1, "Scales the reward.");
    private static final Param.OfInt STEPS = Params.count("steps", "Steps", 100, 1, 1000, "Optimizer steps.");
    private static final Param.OfChoice MODE = Params.choice("mode", "Mode", "a", List.of("a", "b"), "Which.");

    private final FormModel form = new FormModel(List.of(BETA, STEPS, MODE));

    @Test
    void startsAtTheDefaultsAndIsValid() {
        assertThat(form.validProperty().get()).isTrue();
        assertThat(form.texts()).isEqualTo(Map.of("beta", "0.1", "steps", "100", "mode", "a"));
        assertThat(form.values().orElseThrow().get(BETA)).isEqualTo(0.1);
    }

    @Test
    void saysAtOnceWhatIsAllowedWhenAValueIsNot() {
        form.field("beta").textProperty().set("-1");
        assertThat(form.field("beta").problemProperty().get()).isEqualTo("beta must lie in (0, inf), not -1.0");
        assertThat(form.validProperty().get()).isFalse();
        assertThat(form.values()).isEmpty();
    }

    @Test
    void textThatIsNoNumberIsAProblemAndNotAnException() {
        form.field("steps").textProperty().set("many");
        assertThat(form.problems()).singleElement().asString().startsWith("steps must be").contains("[1, 1000]",
                "many");
    }

    @Test
    void becomesValidAgainWhenTheLastProblemIsGone() {
        form.field("beta").textProperty().set("");
        form.field("beta").textProperty().set("2e-1");
        assertThat(form.values().orElseThrow().get(BETA)).isEqualTo(0.2);
        assertThat(form.field("beta").changedProperty().get()).isTrue();
        form.reset();
        assertThat(form.field("beta").changedProperty().get()).isFalse();
    }

    @Test
    void aLogarithmicSliderRunsThreeDecadesEachWayOfTheDefault() {
        SliderSpan span = SliderSpan.of(BETA).orElseThrow();
        assertThat(span.value(0)).isEqualTo(1e-4);
        assertThat(span.value(0.5)).isEqualTo(0.1);
        assertThat(span.value(1)).isEqualTo(100);
        assertThat(span.position(10)).isBetween(0.83, 0.84);
    }

    @Test
    void aNumberWithoutAnUpperBoundOnALinearScaleGetsNoSlider() {
        assertThat(SliderSpan.of(Params.nonNegative("w", "w", "Weight", 0, "A weight."))).isEmpty();
    }

    @Test
    void theSliderOfAHalfOpenIntervalStaysWithinIt() {
        Param.OfDouble decay = Params.below("decay", "d", "Decay", 0.9, 0, 1, "A decay.");
        assertThat(decay.problem(SliderSpan.of(decay).orElseThrow().value(1))).isEmpty();
    }
}
