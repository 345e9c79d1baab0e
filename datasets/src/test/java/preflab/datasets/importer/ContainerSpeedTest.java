package preflab.datasets.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.arrow.flatbuf.CompressionType;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import preflab.datasets.columnar.ArrowFiles;
import preflab.datasets.columnar.ParquetFiles;

/** How fast each container is parsed, in MB of texts a second of processor time; figures for people. */
@Tag("slow")
class ContainerSpeedTest {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerSpeedTest.class);
    private static final int ROWS = Integer.getInteger("preflab.speed.rows", 50_000);
    private static final List<String> WORDS = List.of("the", "model", "answer", "step", "reward", "policy");

    @TempDir
    Path temp;

    private record Row(String prompt, String completion) {
    }

    private static List<Row> rows() {
        Random random = new Random(7);
        return IntStream.range(0, ROWS).mapToObj(i -> new Row("Question " + i + ": " + words(random, 30),
                words(random, 100))).toList();
    }

    private static String words(Random random, int count) {
        return IntStream.range(0, count).mapToObj(_ -> WORDS.get(random.nextInt(WORDS.size())))
                .collect(Collectors.joining(" "));
    }

    @Test
    void everyContainerIsRead() throws IOException {
        List<Row> rows = rows();
        double megabytes = rows.stream().mapToLong(row -> row.prompt().length() + row.completion().length()).sum()
                / 1e6;
        String lines = rows.stream().map(row -> "{\"prompt\":\"" + row.prompt() + "\",\"completion\":\""
                + row.completion() + "\"}\n").collect(Collectors.joining());
        String csv = rows.stream().map(row -> "\"" + row.prompt() + "\",\"" + row.completion() + "\"\n")
                .collect(Collectors.joining("", "prompt,completion\n", ""));
        measure("JSON Lines", TempFiles.write(temp, "a.jsonl", lines), Hints.NONE, megabytes);
        measure("JSON Lines in gzip", TempFiles.write(temp, "a.gz", TempFiles.gzip(lines)), Hints.NONE, megabytes);
        measure("CSV", TempFiles.write(temp, "a.csv", csv), Hints.NONE, megabytes);
        for (CompressionCodecName codec : List.of(CompressionCodecName.SNAPPY, CompressionCodecName.ZSTD)) {
            measure("Parquet, " + codec, parquet(rows, codec), Hints.NONE, megabytes);
        }
        List<String> texts = rows.stream().map(row -> row.prompt() + row.completion()).toList();
        Hints prompts = new Hints(Optional.empty(), new FieldMapping(Map.of("prompt", "text")));
        for (byte codec : new byte[]{-1, CompressionType.ZSTD}) { // the texts are there three times
            measure("Arrow" + (codec < 0 ? "" : ", zstd"),
                    TempFiles.write(temp, "a.arrow", ArrowFiles.stream(texts, codec)), prompts, 3 * megabytes);
        }
    }

    private Path parquet(List<Row> rows, CompressionCodecName codec) throws IOException {
        MessageType schema = MessageTypeParser
                .parseMessageType("message m { required binary prompt (UTF8); required binary completion (UTF8); }");
        List<Group> groups = rows.stream().map(row -> new SimpleGroup(schema).append("prompt", row.prompt())
                .append("completion", row.completion())).toList();
        return ParquetFiles.write(temp.resolve("a.parquet"), schema, groups,
                builder -> builder.withCompressionCodec(codec));
    }

    private static void measure(String name, Path file, Hints hints, double megabytes) throws IOException {
        double best = 0;
        for (int round = 0; round < 3; round++) {
            long started = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            ImportReport report = Importers.plan(file, hints).read(_ -> {
            }, Progress.NONE);
            double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - started) / 1e9;
            best = Math.max(best, megabytes / seconds);
            assertThat(report.accepted()).isEqualTo(ROWS);
        }
        LOG.info(String.format(Locale.ROOT, "%s: %.0f MB of texts, file %.1f MB, %.0f MB/s of processor time", name,
                megabytes, Files.size(file) / 1e6, best));
    }
}
