package preflab.app.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.engine.objective.Objectives;
import preflab.engine.train.Settings;

class RunDefaultsTest {

    private static final Settings SETTINGS = Settings.of(Objectives.find("dpo").orElseThrow());

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadAndStandsUnderWhatIsGiven() throws IOException {
        RunDefaults defaults = RunDefaults.in(folder.resolve("config"));
        assertThat(defaults.read()).isEmpty();
        defaults.write(Map.of("compute.threads", "2", "compute.precision", "bfloat16", "compute.device", "cpu"));
        assertThat(RunDefaults.in(folder.resolve("config")).read()).containsOnly(
                Map.entry("compute.threads", "2"), Map.entry("compute.precision", "bfloat16"),
                Map.entry("compute.device", "cpu"));
        assertThat(defaults.under(SETTINGS, Map.of("precision", "float32", "compute.threads", "1", "beta", "0.2")))
                .containsOnly(Map.entry("compute.device", "cpu"), Map.entry("precision", "float32"),
                        Map.entry("compute.threads", "1"), Map.entry("beta", "0.2"));
    }

    @Test
    void aValueThatIsNotAllowedAnyMoreCountsAsNone() throws IOException {
        Files.writeString(folder.resolve("runs.properties"), "compute.precision=float8\ncompute.threads=3\n");
        assertThat(RunDefaults.in(folder).read()).containsOnly(Map.entry("compute.threads", "3"));
    }
}
