package preflab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A LoRA run from its flag to a merged model and back through PEFT's layout. */
class AdapterCommandsTest {

    @TempDir
    private Path folder;

    @Test
    void aLoraRunIsExportedMergedAndApartAndBothGiveTheSameLogProbs() throws Exception {
        Path project = folder.resolve("p.preflab");
        Path model = TinyModel.in(folder.resolve("tiny"));
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 8; i++) {
            lines.append("{\"prompt\":\"1+" + i + "=\",\"completion\":\"" + (i + 1) + "\"}\n");
        }
        Path rows = Files.writeString(folder.resolve("sums.jsonl"), lines, StandardCharsets.UTF_8);
        done("import", rows, "--project", project, "--kind", "sft");
        done("train", "--project", project, "--dataset", "sums", "--model", model, "--objective", "sft", "--steps", 5,
                "--lora", "--set", "learning_rate=0.01");
        done("export", "run", 1, "--project", project, "--to", folder.resolve("whole"));
        done("export", "adapter", 1, "--project", project, "--to", folder.resolve("apart"));
        assertThat(folder.resolve("apart").toFile().list()).containsExactlyInAnyOrder("adapter_config.json",
                "adapter_model.safetensors");
        assertThat(Files.readString(folder.resolve("apart/adapter_config.json"))).contains("\"r\" : 64",
                "\"lora_alpha\" : 16.0");
        done("merge", "--model", model, "--adapter", folder.resolve("apart"), "--to", folder.resolve("again"));
        double whole = sum(folder.resolve("whole"), rows);
        assertThat(sum(folder.resolve("again"), rows)).isCloseTo(whole, within(1e-5));
        assertThat(sum(model, rows)).isNotCloseTo(whole, within(1e-3));
        CliRun alone = CliRun.of("logprobs", "--model", folder.resolve("apart"), "--input", rows);
        assertThat(alone.code()).isEqualTo(2);
        assertThat(alone.err()).contains("an adapter without its model; merge makes one of both");
    }

    @Test
    void aRunThatTrainedAllWeightsHasNoAdapterToExport() throws Exception {
        Path project = folder.resolve("p.preflab");
        Path model = TinyModel.in(folder.resolve("tiny"));
        Path rows = Files.writeString(folder.resolve("sums.jsonl"), "{\"prompt\":\"1+1=\",\"completion\":\"2\"}\n",
                StandardCharsets.UTF_8);
        done("import", rows, "--project", project, "--kind", "sft");
        done("train", "--project", project, "--dataset", "sums", "--model", model, "--objective", "sft", "--steps", 1);
        CliRun export = CliRun.of("export", "adapter", 1, "--project", project);
        assertThat(export.code()).isNotZero();
        assertThat(export.err()).contains("trained all weights and no adapter");
    }

    private static void done(Object... arguments) {
        CliRun run = CliRun.of(arguments);
        assertThat(run.code()).as(run.err()).isZero();
    }

    private static double sum(Path model, Path rows) {
        return CliRun.of("logprobs", "--model", model, "--input", rows, "--json").json().stream()
                .map(row -> row.path("sum")).mapToDouble(JsonNode::doubleValue).sum();
    }
}
