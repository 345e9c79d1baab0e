package preflab.datasets.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

import preflab.datasets.columnar.ArrowFiles;
import preflab.datasets.columnar.ParquetFiles;
import preflab.datasets.example.DatasetException;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.ImportRequest;

/**
 * Whatever becomes of a JSON, CSV, Parquet, Arrow or gzip file: a dataset whose report adds up, or one clear refusal that
 * leaves nothing behind. Never another exception, and no size that a file states is believed.
 */
class DamagedFilesTest {

    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message m { required binary prompt (UTF8);
              optional group completions (LIST) { repeated group list { optional binary element (UTF8); } }
              optional group labels (LIST) { repeated group list { optional int32 element; } } }
            """);
    private static final List<byte[]> FILES = new ArrayList<>();
    private static final FieldMapping ARROW = new FieldMapping(java.util.Map.of("prompt", "text"));

    private static Path folder;
    private static DatasetStore store;

    @BeforeContainer
    static void makeFiles() throws IOException {
        folder = Files.createTempDirectory("fuzz");
        store = DatasetStore.open(folder.resolve("store"));
        for (CompressionCodecName codec : List.of(CompressionCodecName.SNAPPY, CompressionCodecName.ZSTD,
                CompressionCodecName.LZ4_RAW, CompressionCodecName.UNCOMPRESSED)) {
            for (WriterVersion version : WriterVersion.values()) {
                FILES.add(Files.readAllBytes(ParquetFiles.write(folder.resolve("good"), SCHEMA,
                        IntStream.range(0, 40).mapToObj(DamagedFilesTest::row).toList(),
                        builder -> builder.withCompressionCodec(codec).withWriterVersion(version))));
            }
        }
        List<String> texts = IntStream.range(0, 40).mapToObj(i -> "prompt é字 " + "x".repeat(i)).toList();
        FILES.add(ArrowFiles.stream(texts, (byte) -1));
        FILES.add(ArrowFiles.stream(texts, CompressionType.ZSTD));
        StringBuilder csv = new StringBuilder("prompt,completion,label\n");
        texts.forEach(text -> csv.append('"').append(text).append("\n\"\"\",b,1\n"));
        FILES.add(csv.toString().getBytes(StandardCharsets.UTF_8));
        FILES.add(TempFiles.gzip(csv.toString()));
        List<String> rows = texts.stream().map(text -> "{\"prompt\":\"" + text
                + "\",\"chosen\":[{\"role\":\"assistant\",\"content\":\"a\"}],\"rejected\":\"b\",\"n\":1.5e3}")
                .toList();
        FILES.add(String.join("\n", rows).getBytes(StandardCharsets.UTF_8));
        FILES.add(("{\"version\":1,\"data\":[" + String.join(",\n", rows) + "]}").getBytes(StandardCharsets.UTF_8));
    }

    @AfterContainer
    static void removeFiles() throws IOException {
        store.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Group row(int i) {
        SimpleGroup row = new SimpleGroup(SCHEMA);
        row.append("prompt", "q" + i);
        Group steps = row.addGroup("completions");
        Group labels = row.addGroup("labels");
        for (int k = 0; k <= i % 4; k++) {
            steps.addGroup("list").append("element", " step " + k);
            labels.addGroup("list").append("element", k % 3 - 1);
        }
        return row;
    }

    /** The number of rows imported; −1 for a refusal, after which nothing is there. */
    private static long imported(byte[] bytes) {
        Path file = TempFiles.write(folder, "fuzz.bin", bytes);
        boolean arrow = bytes.length > 3 && bytes[0] == -1;
        ImportRequest request = new ImportRequest("fuzz", java.util.Optional.empty(),
                arrow ? ARROW : FieldMapping.NONE);
        try {
            ImportReport report = store.importFile(file, request, Progress.NONE).report();
            assertThat(store.list()).hasSize(1);
            assertThat(store.list().getFirst().rows()).isEqualTo(Math.toIntExact(report.accepted()));
            return report.accepted();
        } catch (DatasetException e) {
            assertThat(e.badInput()).as(e.getMessage()).isTrue();
            assertThat(e.getMessage()).doesNotContain("Exception", "java.").hasSizeLessThan(4_000);
            assertThat(store.list()).isEmpty();
            assertThat(folder.resolve("store")).isEmptyDirectory();
            return -1;
        } finally {
            forget();
        }
    }

    /** Only the files: a fresh store is opened for the next one. */
    private static void forget() {
        store.close();
        try (var files = Files.walk(folder.resolve("store"))) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        store = DatasetStore.open(folder.resolve("store"));
    }

    @Property(tries = 14)
    void theFilesThemselvesAreRead(@ForAll @IntRange(max = 13) int which) {
        assertThat(imported(FILES.get(which))).isEqualTo(40);
    }

    @Property(tries = 80)
    void aFileThatIsCutOffGivesAReportOrARefusal(@ForAll @IntRange(max = 13) int which,
            @ForAll @IntRange(min = 0) int length) {
        byte[] file = FILES.get(which);

        assertThat(imported(Arrays.copyOf(file, length % file.length))).isLessThanOrEqualTo(40);
    }

    @Property(tries = 150)
    void flippedBitsGiveAReportOrARefusal(@ForAll @IntRange(max = 13) int which,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0) Integer> bits) {
        byte[] file = FILES.get(which).clone();
        for (int bit : bits) {
            file[bit / 8 % file.length] ^= (byte) (1 << bit % 8);
        }

        assertThat(imported(file)).isBetween(-1L, 2_000L);
    }

    @Property(tries = 100)
    void hugeNumbersGiveAReportOrARefusal(@ForAll @IntRange(max = 13) int which, @ForAll @IntRange(min = 0) int at,
            @ForAll @IntRange(min = 1, max = 9) int length, @ForAll byte value) {
        byte[] file = FILES.get(which).clone();
        int from = at % file.length;
        Arrays.fill(file, from, Math.min(file.length, from + length), value < 0 ? (byte) 0xFF : value);

        assertThat(imported(file)).isBetween(-1L, 2_000L);
    }

    @Property(tries = 100)
    void anyBytesBehindAMagicWordGiveAReportOrARefusal(@ForAll @IntRange(max = 4) int start,
            @ForAll @Size(max = 120) byte[] bytes) {
        byte[] magic = List.of("PAR1", "ARROW1\0\0", "\u00ff\u00ff\u00ff\u00ff\u0010\0\0\0", "\u001f\u008b\u0008",
                "prompt,completion\n").get(start).getBytes(StandardCharsets.ISO_8859_1);
        byte[] end = start == 0
                ? new byte[]{(byte) bytes.length, 0, 0, 0, 'P', 'A', 'R', '1'}
                : new byte[0];
        byte[] file = Arrays.copyOf(magic, magic.length + bytes.length + end.length);
        System.arraycopy(bytes, 0, file, magic.length, bytes.length);
        System.arraycopy(end, 0, file, magic.length + bytes.length, end.length);

        assertThat(imported(file)).isLessThanOrEqualTo(120);
    }
}
