package preflab.datasets.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against files of the reference implementation: whatever codec, page version and encoding it writes. */
class ParquetTest {

    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message rows {
              required int64 id;
              optional binary text (UTF8);
              optional boolean flag;
              optional double q;
              optional float f;
              optional int32 day (DATE);
              optional int64 moment (TIMESTAMP(MILLIS,true));
              optional int64 price (DECIMAL(12,2));
              optional fixed_len_byte_array(4) four;
              optional group labels (LIST) { repeated group list { optional int32 element; } }
              optional group turns (LIST) { repeated group list { optional group element {
                optional binary role (UTF8); optional binary content (UTF8);
                optional group parts (LIST) { repeated group list { required binary element (UTF8); } }
              } } }
              optional group notes (MAP) { repeated group key_value {
                required binary key (UTF8); optional int32 value; } }
              repeated int32 old_list;
            }
            """);
    private static final int ROWS = 400;

    @TempDir
    static Path temp;

    private static String text(int i) {
        return i % 7 == 0 ? "" : "é字😀 " + "answer ".repeat(i % 5) + (i % 3 == 0 ? "same" : i);
    }

    private static Group group(int i) {
        SimpleGroup row = new SimpleGroup(SCHEMA);
        row.append("id", (long) i * i * i - 5_000_000);
        if (i % 4 != 1) {
            row.append("text", text(i)).append("flag", i % 2 == 0).append("q", i / 7.0 - 1).append("f", i * 0.5f)
                    .append("day", i).append("moment", 1_000L * i + 5).append("price", 100L * i + 25)
                    .append("four", Binary.fromConstantByteArray(new byte[]{'a', 'b', 'c', (byte) ('0' + i % 10)}));
        }
        if (i % 3 != 2) {
            Group labels = row.addGroup("labels");
            for (int k = 0; k < i % 4; k++) {
                Group element = labels.addGroup("list");
                if (k != 1) {
                    element.append("element", k - 1);
                }
            }
            Group turns = row.addGroup("turns");
            for (int k = 0; k < i % 3; k++) {
                Group turn = turns.addGroup("list").addGroup("element");
                turn.append("role", k == 0 ? "user" : "assistant");
                if (i % 5 != 0) {
                    turn.append("content", text(i + k));
                    turn.addGroup("parts").addGroup("list").append("element", "p" + k);
                }
            }
            Group notes = row.addGroup("notes");
            notes.addGroup("key_value").append("key", "a").append("value", i);
            notes.addGroup("key_value").append("key", "b");
        }
        for (int k = 0; k < i % 3; k++) {
            row.append("old_list", k);
        }
        return row;
    }

    private static String expected(int i) {
        List<String> cells = new ArrayList<>(List.of("\"id\":" + ((long) i * i * i - 5_000_000)));
        boolean there = i % 4 != 1;
        String[] names = {"text", "flag", "q", "f", "day", "moment", "price", "four"};
        Object[] values = {"\"" + text(i) + "\"", i % 2 == 0, i / 7.0 - 1, i * 0.5f,
                "\"" + java.time.LocalDate.ofEpochDay(i) + "\"",
                "\"" + java.time.Instant.ofEpochMilli(1_000L * i + 5) + "\"", i + ".25", "\"abc" + i % 10 + "\""};
        for (int k = 0; k < names.length; k++) {
            cells.add("\"" + names[k] + "\":" + (there ? values[k] : "null"));
        }
        boolean nested = i % 3 != 2;
        cells.add("\"labels\":" + (nested ? list(i % 4, k -> k == 1 ? "null" : "" + (k - 1)) : "null"));
        cells.add("\"turns\":" + (nested
                ? list(i % 3, k -> "{\"role\":\"" + (k == 0 ? "user" : "assistant")
                        + "\",\"content\":" + (i % 5 != 0
                                ? "\"" + text(i + k) + "\",\"parts\":[\"p" + k + "\"]}"
                                : "null,\"parts\":null}"))
                : "null"));
        cells.add("\"notes\":" + (nested ? "{\"a\":" + i + ",\"b\":null}" : "null"));
        cells.add("\"old_list\":" + list(i % 3, k -> "" + k));
        return "{" + String.join(",", cells) + "}";
    }

    private static String list(int size, java.util.function.IntFunction<String> element) {
        return "[" + String.join(",", IntStream.range(0, size).mapToObj(element).toList()) + "]";
    }

    static Stream<List<Object>> writers() {
        return Stream.of(CompressionCodecName.UNCOMPRESSED, CompressionCodecName.SNAPPY, CompressionCodecName.GZIP,
                CompressionCodecName.ZSTD, CompressionCodecName.LZ4_RAW)
                .flatMap(codec -> Stream.of(WriterVersion.PARQUET_1_0, WriterVersion.PARQUET_2_0)
                        .flatMap(version -> Stream.of(true, false)
                                .map(dictionary -> List.<Object>of(codec, version, dictionary))));
    }

    private static Path write(String name, CompressionCodecName codec, WriterVersion version, boolean dictionary)
            throws IOException {
        return ParquetFiles.write(temp.resolve(name), SCHEMA, IntStream.range(0, ROWS).mapToObj(ParquetTest::group)
                .toList(),
                builder -> builder.withCompressionCodec(codec).withWriterVersion(version)
                        .withDictionaryEncoding(dictionary).withByteStreamSplitEncoding(!dictionary)
                        .withPageSize(2_000).withRowGroupSize(40_000L).withPageRowCountLimit(150));
    }

    private static List<JsonNode> read(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (ParquetRows reader = ParquetRows.open(file)) {
            while (reader.next()) {
                assertThat(reader.problem()).isEmpty();
                rows.add(reader.node());
            }
        }
        return rows;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writers")
    void everyRowIsTheRowThatWasWritten(List<Object> how) throws IOException {
        Path file = write("rows.parquet", (CompressionCodecName) how.get(0), (WriterVersion) how.get(1),
                (Boolean) how.get(2));

        List<JsonNode> rows = read(file);

        assertThat(rows).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            assertThat(rows.get(i).toString()).isEqualTo(expected(i));
        }
    }

    @Test
    void aTextThatIsNoUtf8MarksItsRow() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("message m { required binary t (UTF8); }");
        List<Group> rows = List.of(new SimpleGroup(schema).append("t", "a"),
                new SimpleGroup(schema).append("t", Binary.fromConstantByteArray(new byte[]{'b', (byte) 0xE9})),
                new SimpleGroup(schema).append("t", "\uFFFD"));
        Path file = ParquetFiles.write(temp.resolve("bad.parquet"), schema, rows, builder -> builder);

        try (ParquetRows reader = ParquetRows.open(file)) {
            assertThat(Stream.generate(() -> {
                try {
                    return reader.next() ? reader.problem() : "end";
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }).limit(4)).containsExactly("", "holds a text that is no UTF-8", "", "end");
        }
    }

    @Test
    void aFileThatIsCutOffOrBentIsRefusedAndNeverMisread() throws IOException {
        byte[] whole = Files.readAllBytes(write("whole.parquet", CompressionCodecName.ZSTD, WriterVersion.PARQUET_1_0,
                true));
        for (int length = 0; length < whole.length; length += 1_999) {
            Path cut = Files.write(temp.resolve("cut.parquet"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read(cut)).isInstanceOf(DamagedFileException.class);
        }
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        Path encrypted = Files.write(temp.resolve("e.parquet"),
                "PAR1xxxxxxxx\0\0\0\0PARE".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> read(encrypted)).hasMessage("is encrypted");
    }

    @Test
    void manyEqualRowsInAFewBytesAreRead() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("message m { required binary t (UTF8); }");
        Group row = new SimpleGroup(schema).append("t", "the same text");
        Path file = ParquetFiles.write(temp.resolve("same.parquet"), schema,
                java.util.Collections.nCopies(200_000, row), builder -> builder);

        assertThat(Files.size(file)).isLessThan(10_000);
        int rows = 0;
        try (ParquetRows reader = ParquetRows.open(file)) {
            while (reader.next()) {
                rows++;
            }
        }
        assertThat(rows).isEqualTo(200_000);
    }
}
