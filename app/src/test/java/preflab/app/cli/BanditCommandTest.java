package preflab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BanditCommandTest {

    // One step of gradient descent at rate 1, β = 2, from uniform tables: z = 0, so every chosen token's log-probability
    // has slope β/2 = 1. At the root that moves A up by 1; L0 spares B, whose first step is right: softmax(1, 0, 0).
    private static final String ONE_STEP = """
            {"schema": "prefref-bandit/1", "step_dpo": {"T": 1, "lr": 1.0, "beta": 2.0, "results": {"L0": {
              "p_first": [%s, 0.21194155761708547, 0.21194155761708547],
              "p_second_given_A": [0.7310585786300049, 0.2689414213699951],
              "p_second_given_B": [0.7310585786300049, 0.2689414213699951],
              "ratio_B_to_C": 1.0}}}}""";
    private static final String RIGHT = "0.5761168847658291"; // e/(e + 2)

    @TempDir
    private Path folder;

    @Test
    void agreementIsReportedCaseByCase() throws IOException {
        Path file = file(RIGHT);
        List<JsonNode> cases = CliRun.of("bandit", file, "--json").json();
        assertThat(cases).singleElement().satisfies(one -> {
            assertThat(one.fieldNames()).toIterable().containsExactly("file", "id", "experiment", "pass", "max_error");
            assertThat(one.path("experiment").asText()).isEqualTo("step_dpo");
            assertThat(one.path("id").asText()).isEqualTo("L0");
            assertThat(one.path("pass").booleanValue()).isTrue();
            assertThat(one.path("max_error").doubleValue()).isLessThan(1e-12);
        });
        CliRun plain = CliRun.of("bandit", file);
        assertThat(plain.code()).isZero();
        assertThat(plain.out().lines().toList().getLast()).isEqualTo("1 passed, 0 failed");
    }

    @Test
    void disagreementIsExplainedAndExitsWithOne() throws IOException {
        CliRun run = CliRun.of("bandit", file("0.6"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("FAIL", "first step[0]");
        assertThat(run.out().lines().toList().getLast()).isEqualTo("0 passed, 1 failed");
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"), "{\"schema\": \"something/1\"}",
                StandardCharsets.UTF_8);
        CliRun run = CliRun.of("bandit", other);
        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains("other.json", "something/1");
    }

    private Path file(String firstProbability) throws IOException {
        return Files.writeString(folder.resolve("tables.json"), ONE_STEP.replace("%s", firstProbability),
                StandardCharsets.UTF_8);
    }
}
