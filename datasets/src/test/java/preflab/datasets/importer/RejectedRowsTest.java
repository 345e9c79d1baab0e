package preflab.datasets.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import preflab.datasets.importer.TempFiles.Read;

/** What was not taken is written for a person to mend, and taken then. */
class RejectedRowsTest {

    @TempDir
    Path temp;

    private Path rejectedOf(Path file) {
        Path rejected = temp.resolve("rejected.jsonl");
        ImportDraft.open(file).plan(Hints.NONE).writeRejected(rejected, Progress.NONE);
        return rejected;
    }

    @Test
    void whatWasRejectedIsWrittenMendedAndImported() throws IOException {
        Path file = TempFiles.write(temp, "rows.jsonl", """
                {"prompt":"p1","chosen":" a","rejected":"b","id":1}
                {"prompt":"p2","chosen":"é","id":2}
                {"prompt":"p3","chosen":"a","rejected":
                {"prompt":"p4","chosen":"a","rejected":"","id":4}
                """);

        Path rejected = rejectedOf(file);

        assertThat(Files.readAllLines(rejected)).containsExactly(
                "{\"prompt\":\"p2\",\"chosen\":\"é\",\"id\":2,\"_rejected_because\":\"row 2, rejected: is missing\"}",
                "{\"prompt\":\"p3\",\"chosen\":\"a\",\"rejected\":",
                "{\"prompt\":\"p4\",\"chosen\":\"a\",\"rejected\":\"\",\"id\":4,\"_rejected_because\":\"row 4, rejected: is"
                        + " empty\"}");
        Path mended = TempFiles.write(temp, "mended.jsonl", Files.readString(rejected)
                .replace("\"é\",", "\"é\",\"rejected\":\"no\",").replace("\"rejected\":\"\"", "\"rejected\":\"no\"")
                .replace("\"rejected\":\n", "\"rejected\":\"no\"}\n"));
        Read again = TempFiles.read(mended);
        assertThat(again.report().rejected()).isZero();
        assertThat(again.rows()).extracting(row -> row.prompt().text()).containsExactly("p2", "p3", "p4");
        assertThat(again.rows().getFirst().source().side()).isEqualTo(java.util.Map.of("id", "2"));
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("rows.jsonl",
                    "rejected.jsonl", "mended.jsonl");
        }
    }

    @Test
    void conversationsHeldAsTextsInATableAreJudgedAsTheImportJudgesThem() throws IOException {
        String talk = "\"[{\"\"role\"\":\"\"user\"\",\"\"content\"\":\"\"q\"\"}]\"";
        Path file = TempFiles.write(temp, "talks.csv", "prompt,chosen,rejected\n" + talk + ",a,b\n" + talk + ",a,a\n");

        assertThat(TempFiles.read(file).report().rejected()).isEqualTo(1);
        assertThat(Files.readAllLines(rejectedOf(file))).singleElement().asString().contains("row 3", "are equal");
    }

    @Test
    void aFileWithoutBadRowsGivesAnEmptyList() throws IOException {
        Path file = TempFiles.write(temp, "rows.jsonl", "{\"prompt\":\"p\",\"chosen\":\"a\",\"rejected\":\"b\"}\n");

        assertThat(Files.readAllLines(rejectedOf(file))).isEqualTo(List.of());
    }
}
