package preflab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnoseCommandTest {

    @TempDir
    private Path folder;

    /** Every step of this run is cut to a norm that no gradient keeps. */
    @Test
    void aFindingComesWithItsEvidenceAndItsMetrics() throws Exception {
        Path model = TinyModel.in(folder.resolve("tiny"));
        Path project = folder.resolve("p.preflab");
        StringBuilder pairs = new StringBuilder();
        for (int i = 1; i <= 8; i++) {
            pairs.append("{\"prompt\":\"1+" + i + "=\",\"chosen\":\"" + (i + 1) + "\",\"rejected\":\"0\"}\n");
        }
        Path file = Files.writeString(folder.resolve("pairs.jsonl"), pairs);
        assertThat(CliRun.of("import", file, "--project", project).code()).isZero();
        assertThat(CliRun.of("train", "--project", project, "--dataset", "pairs", "--model", model, "--objective",
                "dpo", "--steps", "12", "--set", "samples.prompts=0", "--set", "compute.threads=1", "--set",
                "batch_size=4", "--set", "max_grad_norm=0.0001").code()).isZero();

        CliRun plain = CliRun.of("diagnose", "1", "--project", project);
        assertThat(plain.out()).contains("run 1: Gradients are clipped at most steps.", "100 % of the logged steps");
        CliRun rows = CliRun.of("diagnose", "1", "--rows", "--project", project, "--json");
        assertThat(rows.code()).as(rows.err()).isZero();
        JsonNode diagnosis = rows.json().getLast();
        assertThat(diagnosis.path("run").asInt()).isEqualTo(1);
        JsonNode clipped = diagnosis.path("findings").get(0);
        assertThat(clipped.fieldNames()).toIterable().containsExactly("finding", "level", "title", "evidence", "advice",
                "metrics", "rows", "remedies");
        assertThat(clipped.path("finding").asText()).isEqualTo("clipped");
        assertThat(clipped.path("metrics").get(1).asText()).isEqualTo("grad_clipped");
        assertThat(CliRun.of("diagnose", "7", "--project", project).err()).contains("7");
    }
}
