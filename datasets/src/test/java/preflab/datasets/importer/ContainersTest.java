package preflab.datasets.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.importer.TempFiles.Read;

class ContainersTest {

    private static final String ROW = "{\"prompt\":\"a\",\"chosen\":\" b\\n\",\"rejected\":\"c\"}";

    @TempDir
    Path temp;

    private Read read(String name, String text) {
        return TempFiles.read(TempFiles.write(temp, name, text));
    }

    @Test
    void theContainerIsToldByBytesAndNotByTheExtension() throws IOException {
        Path lines = TempFiles.write(temp, "lies.json", ROW + "\n" + ROW);
        Path list = TempFiles.write(temp, "lies.jsonl", " \n[" + ROW + ",\n" + ROW + "]");
        Path pretty = TempFiles.write(temp, "pretty.json", "{\n  \"prompt\": \"a\",\n  \"chosen\": \"b\",\n"
                + "  \"rejected\": \"c\"\n}\n" + ROW);
        Path packed = TempFiles.write(temp, "lies.txt", TempFiles.gzip(ROW + "\n" + ROW));

        assertThat(Importers.detect(lines).reason()).startsWith("JSON Lines with chosen, prompt, rejected: ");
        assertThat(Importers.detect(list).reason()).startsWith("a JSON list with ");
        assertThat(Importers.detect(pretty).reason()).startsWith("JSON objects one after another with ");
        assertThat(Importers.detect(packed).reason()).startsWith("gzip of JSON Lines with ");
        for (Path file : List.of(lines, list, pretty, packed)) {
            assertThat(TempFiles.read(file).rows()).as("%s", file).hasSize(2);
        }
    }

    @Test
    void byteOrderMarksCarriageReturnsAndBlankLinesDoNotMatter() {
        Read read = read("windows.jsonl", "\uFEFF" + ROW + "\r\n\r\n  \r\n" + ROW + "\r\n");

        assertThat(read.report().rejected()).isZero();
        assertThat(read.rows()).extracting(row -> row.source().row()).containsExactly(1L, 4L);
        assertThat(read("list.json", "\uFEFF[" + ROW + "]").rows()).hasSize(1);
    }

    @Test
    void aBrokenLineLosesOnlyThatLine() {
        Read read = read("broken.jsonl", ROW + "\n{\"prompt\":\"a\",\n" + ROW + ROW + "\n[1]\nnull\n\"x\"\n{'a':1}\n"
                + ROW + "\n");

        assertThat(read.rows()).extracting(row -> row.source().row()).containsExactly(1L, 8L);
        assertThat(read.report().problems()).extracting(Problem::row).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(read.report().problems()).extracting(Problem::field).containsOnly("row");
        assertThat(read.report().problems().get(1).problem()).isEqualTo("holds more than one JSON value");
        assertThat(read.report().problems().get(2).problem())
                .isEqualTo("is a list of labels or numbers, not a JSON object");
    }

    @Test
    void aListElementThatIsNoObjectIsOneProblemAndBrokenJsonEndsTheList() {
        Read odd = read("odd.json", "[" + ROW + ", 7, null, " + ROW + "]");
        Read broken = read("broken.json", "[" + ROW + ", " + ROW + ", {\"prompt\": oops}, " + ROW + "]");
        Read cut = read("cut.json", "[" + ROW + ", {\"prompt\": \"a");
        Read open = read("open.json", "[" + ROW);

        assertThat(odd.report().problems()).extracting(Problem::row).containsExactly(2L, 3L);
        assertThat(odd.rows()).extracting(row -> row.source().row()).containsExactly(1L, 4L);
        assertThat(broken.rows()).hasSize(2);
        assertThat(broken.report().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.row()).isEqualTo(3);
            assertThat(problem.problem()).startsWith("broken JSON, nothing after it can be read: Unrecognized token");
        });
        assertThat(cut.report().problems()).extracting(Problem::row).containsExactly(2L);
        assertThat(open.report().problems()).hasSize(1);
        assertThat(open.rows()).hasSize(1);
    }

    @Test
    void aGzipFileThatWasCutOffOrAlteredIsRefusedAsAWhole() throws IOException {
        byte[] whole = TempFiles.gzip((ROW + "\n").repeat(50_000));
        byte[] altered = whole.clone();
        altered[whole.length - 8] ^= 1; // its checksum
        Path cut = TempFiles.write(temp, "cut.jsonl.gz", Arrays.copyOf(whole, whole.length / 2));
        Path bent = TempFiles.write(temp, "bent.jsonl.gz", altered);

        assertThatThrownBy(() -> TempFiles.read(cut)).isInstanceOf(DatasetException.class)
                .hasMessage(cut + " is a damaged gzip file: it is cut off; fetch it again");
        assertThatThrownBy(() -> TempFiles.read(bent)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("is a damaged gzip file");
    }

    @Test
    void textsAreKeptByteForByte() {
        String text = "  \\t \\u00e9\\ud83d\\ude00\\/ é😀\u2028 trailing  ";
        Read read = read("bytes.jsonl", "{\"prompt\":\"" + text + "\",\"completion\":\" x \",\"label\":1}");

        assertThat(read.rows().getFirst().prompt().text()).isEqualTo("  \t é😀/ é😀\u2028 trailing  ");
    }

    @Test
    void aLongRowIsReadWhole() {
        String answer = "字".repeat(200_000);
        Read read = read("long.jsonl", ROW + "\n{\"prompt\":\"a\",\"chosen\":\"" + answer + "\",\"rejected\":\"c\"}");

        assertThat(read.rows()).hasSize(2);
        assertThat(((preflab.datasets.example.Paired) read.rows().get(1)).chosen().text()).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "version https://git-lfs.github.com/spec/v1 | is a git-LFS pointer, not the data",
            "PAR1xxxxPAR1 | is cut off", "ARROW1 | is cut off", "PKxx | is not JSON",
            "<html> | looks like HTML", "'\"hello\"' | looks like a single JSON text", "'   ' | is empty"})
    void whatIsNoJsonIsRefusedWithOneClearMessage(String text, String message) {
        Path file = TempFiles.write(temp, "file.jsonl", text);

        assertThatThrownBy(() -> Importers.detect(file))
                .isInstanceOfSatisfying(DatasetException.class, e -> assertThat(e.code()).isEqualTo(Code.BAD_FILE))
                .hasMessageStartingWith(file + " " + message);
    }

    @Test
    void emptyFilesFoldersAndBinariesAreRefusedWithOneClearMessage() throws IOException {
        Path empty = TempFiles.write(temp, "empty.jsonl", "");
        Path folder = Files.createDirectory(temp.resolve("folder"));
        Path binary = TempFiles.write(temp, "binary.jsonl", new byte[]{'{', 0, 1, 2});
        Path utf16 = TempFiles.write(temp, "utf16.jsonl", ("\uFEFF" + ROW).getBytes(StandardCharsets.UTF_16LE));

        assertThatThrownBy(() -> Importers.detect(empty)).hasMessage(empty + " is empty");
        assertThatThrownBy(() -> Importers.detect(folder)).hasMessage(folder + " is a folder; choose one file");
        assertThatThrownBy(() -> Importers.detect(binary)).hasMessageStartingWith(binary + " is a binary file");
        assertThatThrownBy(() -> Importers.detect(utf16)).hasMessageStartingWith(utf16 + " is UTF-16 text");
        assertThatThrownBy(() -> Importers.detect(temp.resolve("absent"))).hasMessageEndingWith("does not exist");
    }

    @Test
    void checkpointsArchivesAndPicklesAreNamedForWhatTheyAre() throws IOException {
        byte[] tar = Arrays.copyOf("rows.jsonl".getBytes(StandardCharsets.US_ASCII), 1024);
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        Map<String, byte[]> files = Map.of("a model checkpoint (safetensors)",
                "\u0008\0\0\0\0\0\0\0{\"a\":{}}".getBytes(StandardCharsets.ISO_8859_1), "a Python pickle",
                new byte[]{(byte) 0x80, 2, '}', 'q'}, "a zip archive (a PyTorch checkpoint is one too)",
                new byte[]{'P', 'K', 3, 4, 0, 0}, "compressed with zstd",
                new byte[]{0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0}, "a model checkpoint (GGUF)",
                "GGUF\u0003".getBytes(StandardCharsets.US_ASCII), "a tar archive", tar, "an SQLite database",
                "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII));
        files.forEach((what, bytes) -> {
            Path file = TempFiles.write(temp, "thing.jsonl", bytes);
            assertThatThrownBy(() -> Importers.detect(file)).as(what)
                    .isInstanceOfSatisfying(DatasetException.class, e -> assertThat(e.badInput()).isTrue())
                    .hasMessageContaining(" is " + what);
        });
    }

    @Test
    void nestingAndNumbersHaveLimitsThatLoseOnlyTheirRow() {
        String deep = "{\"prompt\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        String digits = "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\",\"n\":" + "9".repeat(5_000) + "}";
        String huge = "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\",\"n\":1e999999999}";
        String hugest = "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\",\"n\":1e99999999999999999999}";
        String nan = "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\",\"n\":NaN}";

        Read read = read("limits.jsonl", String.join("\n", ROW, deep, digits, huge, hugest, nan, ROW));

        assertThat(read.report().problems()).extracting(Problem::row).contains(2L, 3L).doesNotContain(1L, 6L, 7L);
        assertThat(read.rows().getLast().source().row()).isEqualTo(7);
        assertThat(read.report().problems()).allSatisfy(
                problem -> assertThat(problem.problem()).hasSizeLessThan(300).doesNotContain("Exception"));
    }

    @Test
    void problemsAreAllCountedAndAThousandListed() {
        Read read = read("bad.jsonl", ROW + "\n" + "{}\n".repeat(1500));

        assertThat(read.report().rejected()).isEqualTo(1500);
        assertThat(read.report().problems()).hasSize(ImportReport.LISTED);
        assertThat(read.report().problems().getFirst()).isEqualTo(new Problem(2, "chosen", "is missing"));
    }

    @Test
    void theReportHashesTheFileAsItLies() throws Exception {
        String text = "[" + ROW + "]   \n";
        Read read = read("hash.json", text);

        byte[] sha = java.security.MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        assertThat(read.report().fileSha256()).isEqualTo(java.util.HexFormat.of().formatHex(sha));
        assertThat(read.report().bytes()).isEqualTo(text.length());
    }

    @Test
    void anObjectAroundAListIsReadAsItsRows() {
        String rows = "[{\"prompt\":\"p\",\"completion\":\"a\"},\n {\"prompt\":\"q\",\"completion\":\"b\"}]";
        Path pretty = TempFiles.write(temp, "a.json", "{\n \"version\": 1,\n \"data\": " + rows + "\n}\n");
        Path line = TempFiles.write(temp, "b.json", "{\"train\":" + rows.replace("\n", "") + "}");

        assertThat(TempFiles.read(pretty).rows()).hasSize(2);
        assertThat(TempFiles.read(line).rows()).hasSize(2);
        assertThat(Importers.detect(pretty).reason()).startsWith("an object around a JSON list");
    }

    @Test
    void aSecondListBesideTheFirstIsNotDroppedInSilence() {
        String rows = "[{\"prompt\":\"p\",\"completion\":\"a\"}]";
        Path file = TempFiles.write(temp, "a.json", "{\"train\":" + rows + ",\"test\":" + rows + "}");

        assertThat(TempFiles.read(file).report().problems()).singleElement()
                .satisfies(problem -> assertThat(problem.problem()).contains("another list, 'test'"));
    }

    @Test
    void linesWhoseColumnHoldsAListAreStillLines() {
        String row = "{\"prompt\":\"p\",\"completion\":\"a\",\"data\":[{\"x\":1}]}";

        assertThat(TempFiles.read(TempFiles.write(temp, "a.jsonl", row + "\n" + row)).rows()).hasSize(2);
    }

    @Test
    void aListOfPlainWordsIsNamedForWhatItIs() {
        Path file = TempFiles.write(temp, "a.jsonl", "I do not know.\nNo idea at all.\nAsk me another.\n");

        assertThatThrownBy(() -> Importers.detect(file)).hasMessageContaining("plain text, one item per line");
    }
}
