package preflab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.projects.score.RowScores;
import preflab.projects.score.RowScoring;
import preflab.projects.score.RowScoringProcess;
import preflab.projects.score.ScoreSource;
import preflab.projects.workspace.Workspace;

class ScoreCommandTest {

    @TempDir
    private Path folder;

    @Test
    void sumsAreThoseOfLogprobsHereAndInAProcessOfItsOwn() throws Exception {
        Path model = TinyModel.in(folder.resolve("tiny"));
        Path project = folder.resolve("p.preflab");
        StringBuilder pairs = new StringBuilder();
        StringBuilder rows = new StringBuilder();
        for (int i = 1; i <= 8; i++) {
            String prompt = "{\"prompt\":\"1+" + i + "=\",";
            String right = "\"\\n#### " + (i + 1) + "\"";
            pairs.append(prompt + "\"chosen\":" + right + ",\"rejected\":\"\\n#### 0\"}\n");
            rows.append(prompt + "\"completion\":" + right + "}\n" + prompt + "\"completion\":\"\\n#### 0\"}\n");
        }
        Path file = Files.writeString(folder.resolve("pairs.jsonl"), pairs);
        assertThat(CliRun.of("import", file, "--project", project).code()).isZero();
        assertThat(CliRun.of("train", "--project", project, "--dataset", "pairs", "--model", model, "--objective",
                "dpo", "--steps", "1", "--set", "samples.prompts=0", "--set", "compute.threads=1").code()).isZero();

        CliRun score = CliRun.of("score", "1", "--project", project, "--sums", "--json");
        assertThat(score.code()).as(score.err()).isZero();
        List<JsonNode> scored = score.json().stream().filter(e -> e.path("event").asText().equals("row")).toList();
        assertThat(scored).hasSize(8);
        assertThat(score.json().getLast().path("model").asText()).isEqualTo("run:1@1");
        Path checkpoint = project.resolve("checkpoints").resolve("run-1").resolve("step-000001");
        List<JsonNode> expected = CliRun.of("logprobs", "--model", checkpoint, "--input",
                Files.writeString(folder.resolve("rows.jsonl"), rows), "--eos", "--json").json();
        for (int row = 0; row < 8; row++) {
            JsonNode sides = scored.get(row).path("completions");
            for (int side = 0; side < 2; side++) {
                JsonNode own = sides.path(side == 0 ? "chosen" : "rejected");
                assertThat(own.path("sum").asDouble()).isCloseTo(expected.get(2 * row + side).path("sum").asDouble(),
                        within(1e-4));
                assertThat(own.path("tokens").asInt()).isEqualTo(expected.get(2 * row + side).path("tokens").size());
                assertThat(own.path("pull").asDouble()).isPositive();
            }
        }

        try (Workspace workspace = Workspace.open(project)) {
            ScoreSource source = ScoreSource.last(workspace, 1);
            RowScores here = RowScoring.kept(workspace, source, workspace.datasets().resolve("pairs"), 8)
                    .orElseThrow();
            Files.delete(project.resolve("cache").resolve("scores-1.db"));
            List<Long> told = new ArrayList<>();
            RowScores there = RowScoringProcess.ofThisProgram().make(workspace, source, here.dataset(), 8,
                    (done, total) -> told.add(done));
            assertThat(there).isEqualTo(here);
            assertThat(told).isSorted();
        }
    }

    @Test
    void aModelAloneMustBeToldItsRows() {
        CliRun run = CliRun.of("score", "--model", "builtin:sums", "--project", folder);
        assertThat(run.code()).isEqualTo(2);
        assertThat(CliRun.of("score", "--project", folder).err()).contains("either a run's number or --model REF");
    }
}
