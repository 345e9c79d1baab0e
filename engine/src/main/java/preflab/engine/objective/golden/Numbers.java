package preflab.engine.objective.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Numbers in JSON, where those that are not finite are strings. */
final class Numbers {

    private Numbers() {
    }

    /** A number, or one of "-inf", "inf", "nan", "Infinity", "-Infinity", "NaN"; NaN for a missing one. */
    static double read(JsonNode node) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return switch (node.asText()) {
            case "-inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
            case "inf", "Infinity" -> Double.POSITIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    static JsonNode write(double value) {
        return Double.isFinite(value)
                ? JsonNodeFactory.instance.numberNode(value)
                : JsonNodeFactory.instance.textNode(Double.toString(value));
    }

    /** {@code count} numbers from {@code start}. */
    static ArrayNode write(double[] values, int start, int count) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(count);
        for (int i = start; i < start + count; i++) {
            array.add(write(values[i]));
        }
        return array;
    }
}
