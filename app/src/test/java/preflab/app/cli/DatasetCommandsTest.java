package preflab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversions, checks, history and trash from the command line, on one small dataset. */
class DatasetCommandsTest {

    private static @TempDir Path folder;
    private static Path project;

    @BeforeAll
    static void importPairs() throws Exception {
        project = folder.resolve("p.preflab");
        Path file = Files.writeString(folder.resolve("sums.jsonl"), """
                {"prompt":"1+1=","chosen":"2","rejected":"3"}
                {"prompt":"1+1=","chosen":"2","rejected":"3"}
                {"prompt":"1+1=","chosen":"3","rejected":"2"}
                {"prompt":"11111111+1=","chosen":"11111112","rejected":"0"}
                """, StandardCharsets.UTF_8);
        assertThat(CliRun.of("import", file, "--project", project, "--name", "sums").code()).isZero();
    }

    private static CliRun run(Object... arguments) {
        Object[] all = new Object[arguments.length + 3];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--project";
        all[arguments.length + 1] = project;
        all[arguments.length + 2] = "--json";
        return CliRun.of(all);
    }

    @Test
    void aConversionSaysWhatItMadeAndTheHistoryWhatItWasMadeFrom() {
        CliRun made = run("convert", "sums", "--to", "pairs_to_unpaired");
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.json().getFirst().path("dataset").asText()).isEqualTo("sums-unpaired");
        assertThat(made.json().getFirst().path("rows").asInt()).isEqualTo(8);

        JsonNode history = run("datasets", "--history", "sums-unpaired").json().getFirst();
        assertThat(history.path("action").asText()).isEqualTo("pairs_to_unpaired");
        assertThat(history.path("parents").get(0).asText()).isEqualTo("sums@1");
    }

    @Test
    void aConversionThatDoesNotFitIsBadInput() {
        CliRun wrong = run("convert", "sums", "--to", "best_and_worst");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("best_and_worst reads ranked");
        assertThat(run("convert", "sums", "--to", "magic").err()).contains("known are pairs_to_unpaired");
    }

    @Test
    void partsOfASplitBecomeDatasets() {
        List<JsonNode> parts = run("convert", "sums", "--to", "split", "--validation", "0.25", "--test", "0",
                "--name", "parts").json();
        assertThat(parts).extracting(part -> part.path("dataset").asText()).containsExactly("parts-train",
                "parts-validation");
    }

    @Test
    void answersAreCutIntoStepsOfAModelsTokens() {
        run("convert", "sums@1", "--to", "pairs_to_unpaired", "--name", "judged");
        CliRun without = run("convert", "judged", "--to", "answers_to_steps", "--rule", "tokens");
        assertThat(without.code()).isEqualTo(2);
        assertThat(without.err()).contains("--rule tokens needs --model REF");

        CliRun cut = run("convert", "judged", "--to", "answers_to_steps", "--rule", "tokens", "--tokens", "4",
                "--model", TinyModel.in(folder.resolve("tokens")));
        assertThat(cut.code()).as(cut.err()).isZero();
        assertThat(cut.json().getFirst().path("kind").asText()).isEqualTo("stepwise");
        assertThat(cut.json().getFirst().path("from").asText()).endsWith("by tokens:4");
    }

    @Test
    void differencesNameTheRows() {
        run("convert", "sums@1", "--to", "without_rows", "--rows", "3", "--name", "fewer");
        JsonNode difference = run("datasets", "--differences", "sums@1", "fewer").json().getFirst();
        assertThat(difference.path("unchanged").asInt()).isEqualTo(3);
        assertThat(difference.path("removed").get(0).asInt()).isEqualTo(3);
    }

    @Test
    void deletedVersionsComeBack() {
        run("convert", "sums@1", "--to", "without_duplicates", "--name", "kept");
        assertThat(run("datasets", "--delete", "kept@1").code()).isZero();
        assertThat(run("datasets", "--trash").json()).extracting(row -> row.path("dataset").asText())
                .containsExactly("kept");
        assertThat(run("datasets", "--history", "kept").code()).isEqualTo(2);
        assertThat(run("datasets", "--restore", "kept").json().getFirst().path("state").asText())
                .isEqualTo("restored");
        assertThat(run("datasets", "--trash").json()).isEmpty();
    }

    @Test
    void aCheckNamesRowsAndFixes() {
        List<JsonNode> lines = run("check", "sums@1", "--against", "sums@1").json();
        assertThat(lines).extracting(line -> line.path("finding").asText()).contains("duplicates", "contradictory",
                "leakage");
        assertThat(lines.getLast().path("prompts").asInt()).isEqualTo(2);
    }

    @Test
    void withAModelTheRowsAreSeenAsTrainingSeesThem() {
        Path model = TinyModel.in(folder.resolve("tiny"));
        CliRun refused = run("check", "sums@1", "--model", model, "--objective", "dpo", "--set",
                "data.max_length=8");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.json().getFirst().path("fate").asText()).isEqualTo("whole");
        assertThat(refused.json().getLast().path("refused").asText()).contains("row 3").contains("cut_left");

        CliRun launch = run("train", "--dataset", "sums@1", "--model", model, "--objective", "dpo", "--set",
                "data.max_length=8");
        assertThat(launch.code()).as(launch.err()).isEqualTo(2);
        assertThat(launch.err()).contains("sums v1 is not trained on: 1 of 4 rows").contains("row 3");
        assertThat(run("runs").json()).as("no run was entered").isEmpty();

        JsonNode chosen = run("check", "sums@1", "--model", model, "--objective", "dpo", "--row", "0").json()
                .getFirst();
        assertThat(chosen.path("prompt").asText()).isEqualTo("1+1=");
        assertThat(chosen.path("seam").asInt()).isEqualTo(5);
        assertThat(chosen.path("parts")).extracting(JsonNode::asText).containsExactly("prompt", "prompt", "prompt",
                "prompt", "prompt", "active", "active");
    }
}
