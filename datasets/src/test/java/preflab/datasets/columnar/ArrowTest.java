package preflab.datasets.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.arrow.flatbuf.CompressionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrowTest {

    private static final List<String> TEXTS = Arrays.asList("short", null, "", "a longer text than twelve bytes",
            "é字😀", "another text that is too long for its view");

    private static List<JsonNode> read(byte[] bytes) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (ArrowRows reader = new ArrowRows(new ByteArrayInputStream(bytes), bytes.length)) {
            while (reader.next()) {
                rows.add(reader.node());
            }
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(bytes = {-1, CompressionType.ZSTD})
    void everyWayOfKeepingTextsIsRead(byte codec) throws IOException {
        List<JsonNode> rows = read(ArrowFiles.stream(TEXTS, codec));

        assertThat(rows).hasSize(TEXTS.size());
        for (int i = 0; i < rows.size(); i++) {
            JsonNode row = rows.get(i);
            assertThat(row.path("text").textValue()).isEqualTo(TEXTS.get(i));
            assertThat(row.path("large").textValue()).isEqualTo(TEXTS.get(i));
            assertThat(row.path("view").textValue()).isEqualTo(String.valueOf(TEXTS.get(i)));
            assertThat(row.path("word").textValue()).isEqualTo(ArrowFiles.word(i));
        }
    }

    @Test
    void aStreamThatIsCutOffIsRefusedAndNeverMisread() throws IOException {
        byte[] whole = ArrowFiles.stream(TEXTS, (byte) -1);
        List<JsonNode> rows = read(whole);

        for (int length = 0; length < whole.length - 8; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                assertThat(rows).containsAll(read(cut)); // a stream may end between two messages
            } catch (DamagedFileException e) {
                assertThat(e).hasMessageContaining("cut off");
            }
        }
    }

    @Test
    void aStatedSizeIsNotBelieved() {
        byte[] huge = {-1, -1, -1, -1, -1, -1, -1, 3, 0};

        assertThatThrownBy(() -> read(huge)).isInstanceOf(DamagedFileException.class);
    }
}
