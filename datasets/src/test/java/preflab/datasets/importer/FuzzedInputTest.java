package preflab.datasets.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import preflab.datasets.example.DatasetException;
import preflab.datasets.importer.TempFiles.Read;

/** Whatever the bytes: a report that adds up or one clear refusal, and good rows are never lost for a bad one. */
class FuzzedInputTest {

    private static final int ROWS = 8;
    private static final byte[] LINES = IntStream.range(0, ROWS)
            .mapToObj(i -> "{\"prompt\":[{\"role\":\"user\",\"content\":\"frage é😀 " + i
                    + "\"}],\"chosen\":\"gut\\n\",\"rejected\":\"bad\",\"n\":" + i + ".5}\n")
            .collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8);
    private static final byte[] LIST = ("["
            + new String(LINES, StandardCharsets.UTF_8).strip().replace("\n", ",\n") + "]")
            .getBytes(StandardCharsets.UTF_8);

    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("fuzz");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        Files.deleteIfExists(folder.resolve("fuzz.jsonl"));
        Files.deleteIfExists(folder);
    }

    /** Null when the file as a whole was refused. */
    private static Read read(byte[] bytes) {
        try {
            return TempFiles.read(TempFiles.write(folder, "fuzz.jsonl", bytes));
        } catch (DatasetException e) {
            assertThat(e.badInput()).isTrue();
            assertThat(e.getMessage()).isNotBlank().doesNotContain("Exception");
            return null;
        }
    }

    @Property(tries = 300)
    void cutLinesLoseOnlyTheLastRow(@ForAll @IntRange(min = 1) int at) {
        byte[] cut = Arrays.copyOf(LINES, 1 + at % LINES.length);
        int whole = (int) IntStream.range(0, cut.length).filter(i -> cut[i] == '\n').count();

        Read read = read(cut);

        if (whole > 0) {
            assertThat(read).isNotNull();
            assertThat(read.rows().size()).isBetween(whole, whole + 1);
            assertThat(read.report().rejected()).isLessThanOrEqualTo(1);
        }
    }

    @Property(tries = 500)
    void aFlippedBitLosesAtMostTwoLines(@ForAll @IntRange(min = 0) int position, @ForAll @IntRange(max = 7) int bit) {
        byte[] flipped = LINES.clone();
        flipped[position % flipped.length] ^= (byte) (1 << bit);

        Read read = read(flipped);

        // a flipped line feed joins two lines, or cuts one in two
        assertThat(read).isNotNull();
        assertThat(read.rows().size()).isBetween(ROWS - 2, ROWS);
        assertThat(read.rows().size() + read.report().rejected()).isBetween(ROWS - 1L, ROWS + 1L);
    }

    @Property(tries = 500)
    void aDamagedListIsReadUpToTheDamageOrRefused(@ForAll @IntRange(min = 0) int position, @ForAll byte value,
            @ForAll @IntRange(min = 1) int length) {
        byte[] damaged = Arrays.copyOf(LIST, 1 + length % LIST.length);
        int at = position % damaged.length;
        damaged[at] = value;
        int rowsBefore = (int) IntStream.range(0, at).filter(i -> LIST[i] == '\n').count();

        Read read = read(damaged);

        if (read != null) {
            assertThat(read.rows().size()).isGreaterThanOrEqualTo(Math.max(0, rowsBefore));
            assertThat(read.rows()).hasSize(Math.toIntExact(read.report().accepted()));
        }
    }

    @Property(tries = 500)
    void anyBytesEndInAReportOrARefusal(@ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(max = 3) int start) {
        byte[] first = List.of("", "{", "[", "[{\"prompt\":\"").get(start).getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(first, first.length + bytes.length);
        System.arraycopy(bytes, 0, all, first.length, bytes.length);

        Read read = read(all);

        if (read != null) {
            assertThat(read.rows()).hasSize(Math.toIntExact(read.report().accepted()));
        }
    }

    @Property(tries = 200)
    void aDamagedGzipFileEndsInAReportOrARefusal(@ForAll @IntRange(min = 0) int position, @ForAll byte value,
            @ForAll @IntRange(min = 2) int length) throws IOException {
        byte[] packed = TempFiles.gzip(new String(LINES, StandardCharsets.UTF_8));
        byte[] damaged = Arrays.copyOf(packed, 3 + length % (packed.length - 2));
        damaged[2 + position % (damaged.length - 2)] = value;

        Read read = read(damaged);

        if (read != null) {
            assertThat(read.rows()).hasSize(Math.toIntExact(read.report().accepted()));
        }
    }

    @Property(tries = 300)
    void linesAreCutLikeASimplerReaderCutsThem(@ForAll @Size(max = 40) List<@IntRange(max = 9) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 7) int chunk) throws IOException {
        String text = lengths.stream().map("x"::repeat).collect(Collectors.joining("\n"));
        List<String> lines = new ArrayList<>();
        try (LineReader reader = new LineReader(new Chunked(text.getBytes(StandardCharsets.US_ASCII), chunk), 8)) {
            while (reader.next()) {
                lines.add(reader.tooLong() ? "too long" : slice(reader));
            }
        }

        List<String> expected = text.lines().toList();
        assertThat(lines).hasSameSizeAs(expected);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).isIn(expected.get(i), expected.get(i).length() >= 8 ? "too long" : "");
        }
    }

    private static String slice(LineReader reader) {
        return new String(reader.buffer(), reader.start(), reader.length(), StandardCharsets.US_ASCII);
    }

    /** A stream that gives a few bytes at a time, as pipes do. */
    private static final class Chunked extends ByteArrayInputStream {
        private final int chunk;

        Chunked(byte[] bytes, int chunk) {
            super(bytes);
            this.chunk = chunk;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(chunk, length));
        }
    }
}
