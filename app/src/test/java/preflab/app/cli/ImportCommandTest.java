package preflab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

    private static final String PROPERTY = "preflab.mappings";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        System.setProperty(PROPERTY, folder.resolve("mappings").toString());
        file = Files.writeString(folder.resolve("paare.jsonl"),
                "{\"frage\":\"a\",\"gut\":\"b\",\"schlecht\":\"c\"}\n".repeat(5));
    }

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void aMappingIsSavedAsAPresetAndUsedAgain() {
        Path project = folder.resolve("p.preflab");
        assertThat(CliRun.of("import", file, "--project", project).code()).isEqualTo(2);

        CliRun mapped = CliRun.of("import", file, "--project", project, "--map", "prompt=frage", "--map", "chosen=gut",
                "--map", "rejected=schlecht", "--save-preset", "Paare");
        CliRun again = CliRun.of("import", file, "--project", project, "--preset", "Paare", "--json");
        CliRun unknown = CliRun.of("import", file, "--project", project, "--preset", "nobody");

        assertThat(mapped.code()).as(mapped.err()).isZero();
        assertThat(mapped.out()).contains("read as JSON Lines with frage, gut, schlecht: a prompt, a chosen");
        assertThat(again.json().getFirst().path("version").intValue()).isEqualTo(2);
        assertThat(again.json().getFirst().path("accepted").intValue()).isEqualTo(5);
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no preset 'nobody'; there is Paare");
    }

    @Test
    void rejectedRowsAreWrittenMendedAndImported() throws IOException {
        Path project = folder.resolve("p.preflab");
        Path pairs = Files.writeString(folder.resolve("pairs.jsonl"), """
                {"prompt":"p","chosen":"a","rejected":"b"}
                {"prompt":"q","chosen":"a","rejected":null}
                """);
        Path rejected = folder.resolve("rejected.jsonl");

        CliRun first = CliRun.of("import", pairs, "--project", project, "--rejected", rejected);
        Files.writeString(rejected, Files.readString(rejected).replace("null", "\"c\""));
        CliRun mended = CliRun.of("import", rejected, "--project", project, "--name", "pairs", "--json");

        assertThat(first.out()).contains("1 rows accepted, 1 rejected").contains("1 rejected rows written to");
        assertThat(mended.json().getFirst().path("version").intValue()).isEqualTo(2);
        assertThat(mended.json().getFirst().path("rejected").intValue()).isZero();
    }

    @Test
    void aPreviewShowsThreeRowsAndImportsNothing() {
        List<JsonNode> shown = CliRun.of("import", file, "--preview", "--kind", "paired", "--map", "prompt=frage",
                "--map", "chosen=gut", "--map", "rejected=schlecht", "--json").json();
        CliRun unknown = CliRun.of("import", file, "--preview");

        assertThat(shown).hasSize(4);
        assertThat(shown.getFirst().path("kind").asText()).isEqualTo("paired");
        assertThat(shown.get(1).path("cells").path("gut").asText()).isEqualTo("b");
        assertThat(shown.get(1).path("examples").path(0).asText()).contains("\"chosen\":\"b\"");
        assertThat(unknown.code()).isZero();
        assertThat(unknown.out()).startsWith("unknown: these columns are of no known format: frage (text)");
        assertThat(folder.resolve("p.preflab")).doesNotExist();
    }

    @Test
    void aPresetNameThatIsNotAllowedIsRefusedBeforeTheImport() {
        Path project = folder.resolve("p.preflab");
        CliRun run = CliRun.of("import", file, "--project", project, "--map", "prompt=frage", "--save-preset",
                "../up");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("cannot name a preset");
        assertThat(project).doesNotExist();
    }
}
