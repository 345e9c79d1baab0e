package preflab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    private @TempDir Path folder;

    @Test
    void helpNamesEveryCommandOfTheContract() {
        CliRun help = CliRun.of("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("demo", "doctor", "import", "datasets", "objectives", "models", "train", "runs",
                "compare", "logprobs", "generate", "golden", "bench", "evaluate", "export");
        assertThat(help.out()).doesNotContain("run-worker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "runs --nonsense", "generate --prompt x", "import", "golden --dtype int8",
            "objectives nonsense", "generate --model x --prompt y --max-tokens many"})
    void badUsageIsOneLineAndExitCodeTwo(String line) {
        CliRun run = CliRun.of((Object[]) line.split(" ", -1));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1).first().asString().startsWith("preflab: ");
    }

    @Test
    void missingFileIsNamed() {
        Path missing = folder.resolve("missing.jsonl");
        CliRun run = CliRun.of("import", missing, "--project", folder.resolve("p.preflab"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("preflab: there is no file or folder " + missing + System.lineSeparator());
        assertThat(folder.resolve("p.preflab")).doesNotExist();
    }

    @Test
    void folderThatIsNoProjectIsRefused() {
        CliRun run = CliRun.of("runs", "--project", folder);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(folder.toString()).doesNotContain("Exception");
    }

    @Test
    void rowThatCannotBeReadIsNamedByItsLine() throws Exception {
        Path rows = Files.writeString(folder.resolve("rows.jsonl"),
                "{\"prompt\":\"a\",\"completion\":\"b\"}\n{\"prompt\":1}\n");
        CliRun run = CliRun.of("logprobs", "--model", folder, "--input", rows);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("rows.jsonl line 2: prompt must be text");
    }

    @Test
    void versionIsPrinted() {
        assertThat(CliRun.of("--version").out()).startsWith("preflab ");
    }
}
