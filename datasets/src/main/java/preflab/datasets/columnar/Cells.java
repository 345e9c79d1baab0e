package preflab.datasets.columnar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Values of columnar files as JSON. Dates and times become ISO texts; bytes that are no text become base64. */
final class Cells {

    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final long NANOS = 1_000_000_000L;

    private Cells() {
    }

    /** A text; one that is no UTF-8 marks its row. */
    static JsonNode text(byte[] bytes, int from, int length, RowBudget budget) {
        budget.text(length);
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8(bytes, from, length)) {
            budget.badText();
        }
        return TextNode.valueOf(text);
    }

    /** Bytes without a type: a text where they are one. */
    static JsonNode bytes(byte[] bytes, int from, int length, RowBudget budget) {
        budget.text(length);
        if (isUtf8(bytes, from, length)) {
            return TextNode.valueOf(new String(bytes, from, length, StandardCharsets.UTF_8));
        }
        byte[] copy = new byte[length];
        System.arraycopy(bytes, from, copy, 0, length);
        return BinaryNode.valueOf(copy);
    }

    static JsonNode decimal(byte[] bigEndian, int scale) {
        boolean sane = scale >= -100 && scale <= 100;
        return sane ? DecimalNode.valueOf(new BigDecimal(new BigInteger(bigEndian), scale)) : NullNode.getInstance();
    }

    /** Whole numbers without a sign in 64 bits. */
    static JsonNode unsigned(long bits) {
        return bits >= 0 ? JSON.numberNode(bits) : JSON.numberNode(new BigInteger(Long.toUnsignedString(bits)));
    }

    static JsonNode date(long days) {
        boolean sane = Math.abs(days) < 365_000_000L;
        return sane ? TextNode.valueOf(LocalDate.ofEpochDay(days).toString()) : JSON.numberNode(days);
    }

    /** A moment counted in so many units a second since 1970. */
    static JsonNode moment(long count, long perSecond) {
        long seconds = Math.floorDiv(count, perSecond);
        boolean sane = Math.abs(seconds) < 31_000_000_000_000_000L;
        return sane
                ? TextNode.valueOf(Instant.ofEpochSecond(seconds, Math.floorMod(count, perSecond) * (NANOS / perSecond))
                        .toString())
                : JSON.numberNode(count);
    }

    static JsonNode timeOfDay(long count, long perSecond) {
        boolean sane = count >= 0 && count < 86_400 * perSecond;
        return sane
                ? TextNode.valueOf(LocalTime.ofNanoOfDay(count * (NANOS / perSecond)).toString())
                : JSON.numberNode(count);
    }

    private static boolean isUtf8(byte[] bytes, int from, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
