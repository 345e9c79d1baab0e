package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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

    private static final List<String> SIDES = List.of("data.max_length", "data.max_completion_length",
            "data.prompt_truncation", "data.completion_truncation");

    private List<String> sides(Map<String, String> given) {
        Map<String, String> read = settings.apply(given).settings().asText();
        assertThat(read.keySet()).noneMatch(name -> name.contains("prompt_length") || name.equals("data.truncation"));
        return SIDES.stream().map(read::get).toList();
    }

    @Test
    void aLimitOnPromptsLeavesCompletionsTheRestAndIsNotWritten() {
        assertThat(sides(Map.of("max_prompt_length", "200", "max_completion_length", "56")))
                .containsExactly("256", "56", "cut_left", "cut_right");
        assertThat(sides(Map.of("max_prompt_length", "512", "max_length", "1024")))
                .containsExactly("1024", "512", "cut_left", "cut_right");
        assertThat(sides(Map.of("max_prompt_length", "128", "data.prompt_truncation", "drop")))
                .containsExactly("512", "384", "drop", "cut_right");
        assertThat(sides(Map.of("max_prompt_length", "128", "truncation_mode", "keep_start")))
                .containsExactly("512", "384", "cut_right", "cut_right");
        assertThat(sides(Map.of("max_completion_length", "100"))).containsExactly("512", "100", "keep", "cut_right");
        assertThatThrownBy(() -> settings.apply(Map.of("max_prompt_length", "200", "max_length", "99")))
                .hasMessageContaining("max_prompt_length must lie in [1, 98], not 200");
        assertThatThrownBy(() -> settings.apply(Map.of("max_prompt_length", "x", "max_completion_length", "5")))
                .hasMessageContaining("max_prompt_length must be a whole number, not \"x\"");
    }

    @Test
    void whatOneSettingSaidOfBothSidesIsRead() {
        assertThat(sides(Map.of("data.truncation", "drop"))).endsWith("drop", "drop");
        assertThat(sides(Map.of("truncation", "cut_left"))).endsWith("cut_left", "cut_right");
        assertThat(sides(Map.of("truncation", "cut_right"))).isEqualTo(sides(Map.of()));
        assertThatThrownBy(() -> settings.apply(Map.of("truncation", "drop", "prompt_truncation", "drop")))
                .hasMessageContaining("truncation says what data.prompt_truncation says");
        assertThatThrownBy(() -> settings.apply(Map.of("data.truncation", "left")))
                .hasMessageContaining("data.truncation must be one of cut_left, cut_right, drop, not \"left\"");
    }
}
