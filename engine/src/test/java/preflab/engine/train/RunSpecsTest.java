package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.objective.Objectives;

class RunSpecsTest {

    private static RunSpec example() {
        Settings.Resolved resolved = Settings.of(Objectives.find("pmpo").orElseThrow())
                .apply(Map.of("objective.alpha", "0.25", "learning_rate", "3e-4", "seed", "7", "objective.kl", "exact",
                        "keep_last", "0", "reference.cache", "false", "kl_prompts", "0"));
        return new RunSpec(RunSpec.CURRENT_VERSION, "PMPO, α = ¼",
                new DatasetVersionId("sums-answers", 3, "ab".repeat(32)),
                Optional.of(new DatasetVersionId("sums-test", 1, "cd".repeat(32))), "builtin:sums", Optional.empty(),
                "pmpo", resolved.hyper(), resolved.settings());
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = RunSpecsTest.class.getResourceAsStream("/preflab/engine/runspec/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theGoldenFilesOfAllLayoutsAreReadAndTheNewestIsWrittenByteForByte() throws IOException {
        assertThat(RunSpecs.toJson(example())).isEqualTo(golden("v5.json"));
        assertThat(RunSpecs.fromJson(golden("v1.json"))).isEqualTo(example());
        assertThat(RunSpecs.fromJson(golden("v2.json"))).isEqualTo(example());
        assertThat(RunSpecs.fromJson(golden("v3.json"))).isEqualTo(example());
        assertThat(RunSpecs.fromJson(golden("v4.json"))).isEqualTo(example());
        assertThat(RunSpecs.fromJson(golden("v5.json"))).isEqualTo(example());
    }

    @Test
    void whatOneSettingSaidOfBothSidesOfARowIsSaidOfEach() throws IOException {
        RunSpec left = RunSpecs.fromJson(golden("v4.json").replace("\"cut_right\"", "\"cut_left\""));
        assertThat(left.settings().get(TrainSettings.PROMPT_TRUNCATION)).isEqualTo("cut_left");
        assertThat(left.settings().get(TrainSettings.COMPLETION_TRUNCATION)).isEqualTo("cut_right");
        assertThat(RunSpecs.toJson(left)).doesNotContain("data.truncation");
    }

    @Test
    void aSettingThatIsMissingIsNamedInsteadOfDefaulted() throws IOException {
        String without = golden("v1.json").replaceAll("\\s*\"training.seed\" : 7,", "");
        assertThatThrownBy(() -> RunSpecs.fromJson(without)).isInstanceOf(TrainException.class)
                .hasMessageContaining("settings lacks training.seed");
    }

    @Test
    void anUnknownKeyIsNamed() throws IOException {
        String more = golden("v1.json").replace("\"model\" :", "\"modell\" :");
        assertThatThrownBy(() -> RunSpecs.fromJson(more)).hasMessageContaining("model is missing")
                .hasMessageContaining("modell is unknown");
    }

    @Test
    void aValueOutOfRangeSaysWhatIsAllowed() throws IOException {
        String wrong = golden("v1.json").replace("\"alpha\" : 0.25", "\"alpha\" : 1.25");
        assertThatThrownBy(() -> RunSpecs.fromJson(wrong)).hasMessageContaining("alpha must lie in [0, 1], not 1.25");
    }

    @Test
    void aNewerLayoutIsRefusedPolitely() throws IOException {
        String newer = golden("v1.json").replace("\"version\" : 1,\n  \"name\"", "\"version\" : 99,\n  \"name\"");
        assertThatThrownBy(() -> RunSpecs.fromJson(newer)).hasMessageContaining("version 99 cannot be read");
    }

    @Test
    void brokenJsonNamesTheLine() {
        assertThatThrownBy(() -> RunSpecs.fromJson("{\n\"version\": 1,\n oops}")).hasMessageContaining("line 3");
    }
}
