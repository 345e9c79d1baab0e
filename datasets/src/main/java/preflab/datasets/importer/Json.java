package preflab.datasets.importer;

import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * How foreign JSON is parsed: within limits (nesting 200, numbers of 1,000 digits, a row of {@link #LONGEST_ROW} bytes
 * and {@link #MOST_TOKENS} values and names), numbers kept exactly, and Python's NaN and Infinity let through.
 */
final class Json {

    private static final int DEEPEST = 200;

    /** Bytes of a row: 64 MiB, less where this program's memory is small. */
    static final int LONGEST_ROW = Math.clamp(Runtime.getRuntime().maxMemory() / 16, 1 << 20, 64 << 20);
    /** Values and names of a row: each costs many times its bytes while the row is in memory. */
    static final int MOST_TOKENS = 500_000;

    private static final JsonMapper MAPPER = mapper(StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS));
    private static final JsonMapper MANY_ROWS = mapper(StreamReadConstraints.builder());

    private Json() {
    }

    private static JsonMapper mapper(StreamReadConstraints.Builder limits) {
        return JsonMapper.builder(JsonFactory.builder()
                .streamReadConstraints(limits.maxNestingDepth(DEEPEST).maxStringLength(LONGEST_ROW).build())
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build()) // the rest is hashed after an error
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();
    }

    /** For documents of one row, or smaller ones. */
    static JsonMapper mapper() {
        return MAPPER;
    }

    /** For a document of any number of rows. */
    static BoundedParser rows(InputStream in) throws IOException {
        return new BoundedParser(MANY_ROWS.createParser(in));
    }

    /**
     * Parses bytes that must be one JSON object and nothing else.
     *
     * @throws BadRow
     *             if they are not
     */
    static JsonNode object(byte[] bytes, int start, int length) {
        try (JsonParser parser = MAPPER.createParser(bytes, start, length)) {
            JsonNode node = MAPPER.readTree(parser);
            if (node == null || !node.isObject()) {
                throw new BadRow(BadRow.WHOLE, notAnObject(node));
            }
            if (parser.nextToken() != null) {
                throw new BadRow(BadRow.WHOLE, "holds more than one JSON value");
            }
            return node;
        } catch (IOException e) {
            throw new BadRow(BadRow.WHOLE, "is not JSON: " + explain(e));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new BadRow(BadRow.WHOLE, "holds a number that cannot be read");
        }
    }

    /**
     * The list that a cell holds as JSON text.
     *
     * @throws BadRow
     *             if the text is none
     */
    static JsonNode list(String text, String column) {
        try {
            JsonNode list = MAPPER.readTree(text);
            if (list != null && list.isArray()) {
                return list;
            }
        } catch (JsonProcessingException e) {
            throw new BadRow(column, "holds a text that is not JSON: " + explain(e));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new BadRow(column, "holds a number that cannot be read");
        }
        throw new BadRow(column, "holds a text that is no JSON list");
    }

    static String notAnObject(JsonNode node) {
        return "is " + (node == null ? "nothing" : Clip.value(node)) + ", not a JSON object";
    }

    /** What a parser complains of, on one line and without its Java words. */
    static String explain(IOException e) {
        String words = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        String where = e instanceof JsonProcessingException json && json.getLocation() != null
                ? " (column " + json.getLocation().getColumnNr() + ")"
                : "";
        return Clip.text(String.valueOf(words).replaceAll(", from `[^`]+`", ""), 200) + where;
    }
}
