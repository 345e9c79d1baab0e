package preflab.installer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image works on its own: engine, model, import, and a run in a process that the packaged launcher starts. */
class PackagedProgramTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private @TempDir Path home;
    private PackagedProgram program;

    @BeforeEach
    void findProgram() {
        program = PackagedProgram.in(Path.of(System.getProperty("preflab.image")), home);
    }

    @Test
    void doctorFindsNothingWrong() throws Exception {
        PackagedProgram.Result result = program.run("doctor", "--json");
        assertThat(result.exitCode()).as("%s", result).isZero();
        JsonNode report = JSON.readTree(result.out().getFirst());
        assertThat(report.path("engine").asText()).contains("PyTorch");
        assertThat(report.path("checks")).isNotEmpty().allMatch(check -> check.path("ok").booleanValue());
    }

    @Test
    void runOfThreeStepsEndsInItsOwnProcess() throws Exception {
        String project = home.resolve("sums.preflab").toString();
        Path pairs = Files.writeString(home.resolve("pairs.jsonl"), pairs(), StandardCharsets.UTF_8);
        assertThat(program.run("import", pairs.toString(), "--project", project).exitCode()).isZero();

        PackagedProgram.Result started = program.run("train", "--project", project, "--dataset", "pairs", "--model",
                "builtin:sums", "--objective", "dpo", "--steps", "3", "--set", "batch_size=2", "--background",
                "--json");
        assertThat(started.exitCode()).as("%s", started).isZero();
        JsonNode launched = JSON.readTree(started.out().getFirst());
        awaitEnd(launched.path("pid").longValue());

        PackagedProgram.Result runs = program.run("runs", "--project", project, "--json");
        JsonNode run = JSON.readTree(runs.out().getFirst());
        assertThat(run.path("state").asText()).as("%s", run).isEqualTo("FINISHED");
        assertThat(run.path("step").intValue()).isEqualTo(3);
        assertThat(run.path("metrics").path("loss").doubleValue()).isBetween(0.0, 2.0);
    }

    private static void awaitEnd(long pid) throws Exception {
        var process = ProcessHandle.of(pid);
        if (process.isPresent()) { // a run of three steps may be over by now
            process.get().onExit().get(5, TimeUnit.MINUTES);
        }
    }

    private static String pairs() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 8; i++) {
            int sum = 10 + i;
            lines.append(JSON.writeValueAsString(JSON.createObjectNode().put("prompt", "10+" + i + "=")
                    .put("chosen", "\n#### " + sum).put("rejected", "\n#### " + (sum + 10)))).append('\n');
        }
        return lines.toString();
    }
}
