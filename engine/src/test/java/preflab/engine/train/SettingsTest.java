package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import preflab.engine.objective.Objectives;
import preflab.engine.param.ParamException;

class SettingsTest {

    private final Settings settings = Settings.of(Objectives.find("pmpo").orElseThrow());

    @Test
    void dottedNamesAreFound() {
        assertThat(settings.resolve("objective.alpha").param().id()).isEqualTo("alpha");
        assertThat(settings.resolve("optimizer.learning_rate").param()).isSameAs(TrainSettings.LEARNING_RATE);
    }

    @Test
    void aBareNameIsTakenWhereOneSettingEndsInIt() {
        assertThat(settings.resolve("beta").name()).isEqualTo("objective.beta");
        assertThat(settings.resolve("learning_rate").name()).isEqualTo("optimizer.learning_rate");
        assertThat(settings.resolve("seed").name()).isEqualTo("training.seed");
    }

    @Test
    void anAmbiguousBareNameListsTheCandidates() {
        assertThatThrownBy(() -> settings.resolve("every")).isInstanceOf(ParamException.class)
                .hasMessageContaining("evaluation.every, checkpoint.every").hasMessageContaining("full name");
        assertThatThrownBy(() -> settings.resolve("alpha")).hasMessageContaining("objective.alpha, lora.alpha");
    }

    @Test
    void anUnknownNameListsWhatIsKnown() {
        assertThatThrownBy(() -> settings.resolve("gamma")).isInstanceOf(ParamException.class)
                .hasMessageContaining("\"gamma\"").hasMessageContaining("objective.beta")
                .hasMessageContaining("training.steps");
    }

    @Test
    void oneSettingGivenUnderTwoNamesIsRefused() {
        assertThatThrownBy(() -> settings.apply(Map.of("beta", "0.1", "objective.beta", "0.2")))
                .hasMessageContaining("objective.beta is given twice");
    }

    @Test
    void valuesGoToTheirOwnersAndTheRestKeepsItsDefaults() {
        Settings.Resolved resolved = settings.apply(Map.of("objective.alpha", "0.1", "steps", "9"));
        assertThat(resolved.hyper().asText()).containsEntry("alpha", "0.1").containsEntry("kl", "exact");
        assertThat(resolved.settings().get(TrainSettings.STEPS)).isEqualTo(9);
        assertThat(resolved.settings().get(TrainSettings.BATCH_SIZE))
                .isEqualTo(TrainSettings.BATCH_SIZE.defaultValue());
    }

    @Test
    void limitsOfOlderTrainersAreReadAsOneForBothSides() {
        Map<String, String> both = Map.of("max_prompt_length", "200", "max_completion_length", "56");
        assertThat(settings.apply(both).settings().get(TrainSettings.MAX_LENGTH)).isEqualTo(256);
        Settings.Resolved limited = settings.apply(Map.of("max_prompt_length", "200", "max_length", "99"));
        assertThat(limited.settings().get(TrainSettings.MAX_LENGTH)).isEqualTo(99);
        assertThat(limited.settings().asText().keySet()).noneMatch(name -> name.contains("prompt_length"));
        assertThatThrownBy(() -> settings.apply(Map.of("max_prompt_length", "x", "max_completion_length", "5")))
                .hasMessageContaining("max_prompt_length must be a whole number, not \"x\"");
    }
}
