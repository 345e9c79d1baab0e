package preflab.datasets.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.apache.arrow.flatbuf.CompressionType;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import preflab.datasets.columnar.ArrowFiles;
import preflab.datasets.columnar.ParquetFiles;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.ImportRequest;

/**
 * Files made to exhaust memory or time, imported by a process of its own with a heap of 128 MB: each ends within seconds
 * in a dataset whose report adds up or in one clear refusal that leaves nothing behind; and names made to leave the
 * folder.
 */
class HostileFilesTest {

    private static final String ROW = "{\"prompt\":\"p\",\"chosen\":\"a\",\"rejected\":\"b\"}\n";
    private static final MessageType TEXT = MessageTypeParser
            .parseMessageType("message m { required binary prompt (UTF8); }");
    private static final int HEAP_MEGABYTES = 128;

    @TempDir
    Path temp;

    private interface Writes {
        void to(OutputStream out) throws IOException;
    }

    @Test
    void noFileExhaustsTheHeapOrHangsOrLeavesHalfADataset() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("files"));
        List<Path> files = List.of(manyEmptyLists(folder), manyNames(folder), deepLists(folder),
                longTexts(folder, "long-line.jsonl", ROW, "\n"), longTexts(folder, "long-element.json", "[", "]"),
                longTexts(folder, "long-cell.csv", "prompt,completion,label\n", "\n"), digits(folder),
                gzip(folder, "spaces.gz", " ".repeat(1 << 20), 260),
                gzip(folder, "equal-rows.gz", ROW.replace("\"p\"", '"' + "p".repeat(1 << 16) + '"'), 4200),
                gzip(folder, "twice.gz", new String(new byte[]{0x1F}, StandardCharsets.ISO_8859_1) + "\u008b", 1),
                zip(folder), columns(folder), parquet(folder, CompressionCodecName.ZSTD),
                parquet(folder, CompressionCodecName.SNAPPY), arrow(folder), unreadable(folder),
                TempFiles.write(folder, "rows.jsonl", ROW.repeat(20_000)));
        Path log = temp.resolve("child.log");
        List<String> command = Stream.concat(Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + HEAP_MEGABYTES + "m",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                HostileFilesTest.class.getName(), temp.resolve("store").toString()),
                files.stream().map(Path::toString)).toList();

        Process child = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();

        assertThat(child.waitFor(5, TimeUnit.MINUTES)).as(Files.readString(log)).isTrue();
        assertThat(child.exitValue()).as(Files.readString(log)).isZero();
        Files.copy(log, Path.of("target", "hostile-files.txt"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(Files.readString(log)).doesNotContain("Exception", "\tat ").contains("rows.jsonl: 20000 of 20000");
    }

    /** What the child does: the store's folder, then the files. */
    public static void main(String[] args) {
        for (String file : Arrays.asList(args).subList(1, args.length)) {
            long started = System.nanoTime();
            try (DatasetStore store = DatasetStore.open(Path.of(args[0]))) {
                System.out.println(Path.of(file).getFileName() + ": " + outcome(store, Path.of(file)) + " ("
                        + (System.nanoTime() - started) / 1_000_000 + " ms)");
            }
        }
    }

    private static String outcome(DatasetStore store, Path file) {
        int before = store.list().size();
        try {
            var imported = store.importFile(file, ImportRequest.named("d" + before), Progress.NONE);
            ImportReport report = imported.report();
            assertThat(store.view(imported.version()).size()).isEqualTo(report.accepted());
            assertThat(store.list()).hasSize(before + 1);
            return report.accepted() + " of " + (report.accepted() + report.rejected()) + " rows"
                    + report.problems().stream().findFirst().map(problem -> "; " + problem.problem()).orElse("");
        } catch (DatasetException e) {
            assertThat(e.badInput()).as(e.getMessage()).isTrue();
            assertThat(store.list()).hasSize(before);
            return "refused: " + e.getMessage();
        }
    }

    private static Path write(Path folder, String name, Writes content) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            content.to(out);
        }
        return folder.resolve(name);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A list costs twenty times its two bytes in memory. */
    private static Path manyEmptyLists(Path folder) throws IOException {
        return write(folder, "many-lists.json", out -> {
            out.write(bytes("[" + ROW + ",{\"prompt\":[[]"));
            for (int i = 0; i < 60; i++) {
                out.write(bytes(",[]".repeat(100_000)));
            }
            out.write(bytes("]}]"));
        });
    }

    private static Path manyNames(Path folder) throws IOException {
        return write(folder, "many-names.jsonl", out -> {
            out.write(bytes(ROW + "{\"prompt\":\"p\",\"chosen\":\"a\",\"rejected\":\"b\""));
            for (int i = 0; i < 400_000; i++) {
                out.write(bytes(",\"n" + i + "\":" + i));
            }
            out.write(bytes("}\n" + ROW));
        });
    }

    private static Path deepLists(Path folder) throws IOException {
        return write(folder, "deep.json", out -> {
            out.write(bytes("[" + ROW + ",{\"prompt\":"));
            out.write(bytes("[".repeat(4 << 20)));
        });
    }

    private static Path longTexts(Path folder, String name, String before, String after) throws IOException {
        return write(folder, name, out -> {
            boolean table = name.endsWith("csv");
            out.write(bytes(before));
            out.write(bytes(table ? "\"" : "{\"prompt\":\""));
            for (int i = 0; i < 40; i++) {
                out.write(bytes("x".repeat(1 << 20)));
            }
            out.write(bytes((table ? "\",b,1" : "\",\"chosen\":\"a\",\"rejected\":\"b\"}") + after));
        });
    }

    private static Path digits(Path folder) throws IOException {
        return write(folder, "digits.jsonl", out -> {
            out.write(bytes(ROW));
            for (String number : List.of("9".repeat(2 << 20), "1e" + "9".repeat(18), "-0." + "0".repeat(1 << 20) + "1",
                    "1e999999999", "[1e-999999999]")) {
                out.write(bytes("{\"prompt\":\"p\",\"chosen\":\"a\",\"rejected\":\"b\",\"n\":" + number + "}\n"));
            }
        });
    }

    /** Megabytes that are all alike pack a thousandfold. */
    private static Path gzip(Path folder, String name, String text, int times) throws IOException {
        return write(folder, name, out -> {
            try (GZIPOutputStream packed = new GZIPOutputStream(out, 1 << 16)) {
                for (int i = 0; i < times; i++) {
                    packed.write(bytes(text));
                }
            }
        });
    }

    private static Path zip(Path folder) throws IOException {
        return write(folder, "bomb.zip", out -> {
            try (ZipOutputStream packed = new ZipOutputStream(out)) {
                packed.putNextEntry(new ZipEntry("../../../escape.jsonl"));
                packed.write(new byte[32 << 20]);
            }
        });
    }

    private static Path columns(Path folder) throws IOException {
        return write(folder, "columns.csv", out -> {
            for (int i = 0; i < 3; i++) {
                out.write(bytes("a,".repeat(2 << 20) + "b\n"));
            }
        });
    }

    /** Rows of 20 MB each that take a few bytes in the file. */
    private static Path parquet(Path folder, CompressionCodecName codec) throws IOException {
        String text = "x".repeat(20 << 20);
        return ParquetFiles.write(folder.resolve(codec + ".parquet"), TEXT,
                IntStream.range(0, 3).mapToObj(i -> new SimpleGroup(TEXT).append("prompt", text)).map(row -> row)
                        .toList(),
                builder -> builder.withCompressionCodec(codec));
    }

    private static Path arrow(Path folder) throws IOException {
        return write(folder, "arrow.arrow", out -> out
                .write(ArrowFiles.stream(List.of("x".repeat(30 << 20), "y"), CompressionType.ZSTD)));
    }

    private static Path unreadable(Path folder) throws IOException {
        return write(folder, "no-utf8.jsonl", out -> {
            for (int i = 0; i < 2_000; i++) {
                out.write(bytes(ROW.replace("p\"", "\u00ff\u00fe\u00c0\u0080\"")));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../out", "a/../../out", "/etc/out", "C:\\out", "a\u0000b", "nul", "COM1.x",
            ".hidden", "",
            "a\nb", "-rf", "~root"})
    void namesThatLeadElsewhereAreRefused(String name) throws IOException {
        Path file = TempFiles.write(temp, "rows.jsonl", ROW);
        Path folder = temp.resolve("inside/store");
        try (DatasetStore store = DatasetStore.open(folder)) {
            assertThatThrownBy(() -> store.importFile(file, ImportRequest.named(name), Progress.NONE))
                    .isInstanceOfSatisfying(DatasetException.class, e -> assertThat(e.code()).isEqualTo(Code.BAD_NAME));
            assertThatThrownBy(() -> new MappingPreset(name, Optional.empty(), FieldMapping.NONE))
                    .isInstanceOfSatisfying(DatasetException.class, e -> assertThat(e.code()).isEqualTo(Code.BAD_NAME));
            assertThatThrownBy(() -> store.resolve(name)).isInstanceOf(DatasetException.class);
        }
        try (Stream<Path> all = Files.walk(temp)) {
            assertThat(all.filter(Files::isRegularFile)).containsExactly(file);
        }
    }

    @Test
    void aRegistryNamesColumnsAndNeverFiles() {
        Path file = TempFiles.write(temp, "mine.jsonl", ROW);
        TempFiles.write(temp, "dataset_info.json",
                "{\"a\":{\"file_name\":\"../../etc/passwd\"},\"b\":" + "[".repeat(5_000)
                        + "}");

        assertThat(TempFiles.read(file).rows()).hasSize(1);
        TempFiles.write(temp, "dataset_info.json", "{\"a\":{\"file_name\":\"mine.jsonl\",\"columns\":{\"prompt\":"
                + "\"../../x\",\"chosen\":7},\"tags\":{\"role_tag\":[]}}}");
        assertThat(TempFiles.read(file).rows()).hasSize(1);
    }

    @Test
    void columnsThatLookLikePathsOrCodeAreOnlyNames() {
        Path file = TempFiles.write(temp, "rows.jsonl",
                "{\"../../x\":\"a\",\"${jndi:x}\":\"b\",\"'; drop table rows; --\":\"c\"}\n");

        var read = TempFiles.read(file,
                new Hints(Optional.empty(), new FieldMapping(Map.of("prompt", "../../x", "chosen",
                        "${jndi:x}", "rejected", "'; drop table rows; --"))));

        assertThat(read.rows()).singleElement().satisfies(row -> assertThat(row.prompt().text()).isEqualTo("a"));
    }

    @Test
    void aLinkInACircleIsNoFile() throws IOException {
        Path link = temp.resolve("circle.jsonl");
        Files.createSymbolicLink(link, link);

        assertThatThrownBy(() -> TempFiles.read(link)).isInstanceOf(DatasetException.class).hasMessageContaining(
                "does not exist");
    }
}
