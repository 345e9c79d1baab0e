package preflab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandsTest {

    private static @TempDir Path folder;
    private static Path model;

    @BeforeAll
    static void makeModel() {
        model = TinyModel.in(folder.resolve("tiny"));
    }

    @Test
    void greedyTextIsTheSameWhateverTheSeed() {
        JsonNode text = generate("0", "1");
        assertThat(text).isEqualTo(generate("0", "2"));
        assertThat(text.fieldNames()).toIterable().containsExactly("text", "tokens");
        assertThat(text.path("tokens").size()).isBetween(0, 8);
    }

    @Test
    void seedDecidesASample() {
        assertThat(generate("1", "5")).isEqualTo(generate("1", "5")).isNotEqualTo(generate("1", "6"));
    }

    @Test
    void logProbsAddUpToTheirSumAndAreTheLogsOfProbabilities() throws Exception {
        Path rows = Files.writeString(folder.resolve("rows.jsonl"),
                "{\"prompt\":\"1+1=\",\"completion\":\"2\\n\"}\n\n{\"prompt\":\"\",\"completion\":\"abc\"}\n",
                StandardCharsets.UTF_8);
        List<JsonNode> result = CliRun.of("logprobs", "--model", model, "--input", rows, "--json").json();
        assertThat(result).hasSize(2);
        for (JsonNode row : result) {
            assertThat(row.fieldNames()).toIterable().containsExactly("tokens", "logprobs", "sum");
            List<Double> values = StreamSupport.stream(row.path("logprobs").spliterator(), false)
                    .map(JsonNode::doubleValue).toList();
            assertThat(values).hasSize(row.path("tokens").size()).allMatch(value -> value < 0);
            assertThat(row.path("sum").doubleValue())
                    .isCloseTo(values.stream().mapToDouble(Double::doubleValue).sum(), within(1e-9));
        }
        assertThat(result.getFirst().path("tokens")).hasSize(2);
        assertThat(result.getLast().path("tokens")).hasSize(3);
    }

    @Test
    void textEndsAtEveryTokenThatTheModelNamesAsAnEnd(@TempDir Path other) throws Exception {
        Path ended = TinyModel.in(other);
        JsonNode before = CliRun
                .of("generate", "--model", ended, "--prompt", "1+1=", "--temperature", "0", "--max-tokens",
                        8, "--json")
                .json().getFirst();
        int first = before.path("tokens").path(0).intValue();
        Files.writeString(ended.resolve("generation_config.json"), "{\"eos_token_id\": [2, " + first + "]}");
        JsonNode after = CliRun
                .of("generate", "--model", ended, "--prompt", "1+1=", "--temperature", "0", "--max-tokens",
                        8, "--json")
                .json().getFirst();
        assertThat(before.path("tokens")).isNotEmpty();
        assertThat(after.path("tokens")).isEmpty();
    }

    @Test
    void folderWithoutAModelIsBadInput() {
        CliRun run = CliRun.of("generate", "--model", folder.resolve("nowhere"), "--prompt", "x");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("nowhere");
    }

    @Test
    void temperatureBelowZeroIsBadInput() {
        CliRun run = CliRun.of("generate", "--model", model, "--prompt", "x", "--temperature", "-1");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("temperature must be 0", "not -1.0");
    }

    @Test
    void repetitionPenaltyChangesTheGreedyTextAndMustLieInItsRange() {
        CliRun run = CliRun.of("generate", "--model", model, "--prompt", "1+1=", "--max-tokens", 8, "--temperature",
                "0", "--repetition-penalty", "10", "--json");
        assertThat(run.json().getFirst()).isNotEqualTo(generate("0", "1"));
        CliRun wrong = CliRun.of("generate", "--model", model, "--prompt", "x", "--repetition-penalty", "0");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("repetition penalty must lie in [0.1, 10], not 0.0");
    }

    private static JsonNode generate(String temperature, String seed) {
        return CliRun.of("generate", "--model", model, "--prompt", "1+1=", "--max-tokens", 8, "--temperature",
                temperature, "--seed", seed, "--json").json().getFirst();
    }
}
