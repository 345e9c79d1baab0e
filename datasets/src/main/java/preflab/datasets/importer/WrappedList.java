package preflab.datasets.importer;

import java.io.IOException;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** One object around the list of rows, {@code {"data": [{…}, …]}}, under one of the names usual for that. */
final class WrappedList {

    private static final Set<String> NAMES = Set.of("data", "dataset", "rows", "examples", "samples", "instances",
            "records", "items", "train");

    private WrappedList() {
    }

    /** Whether a file that begins like this wraps a list of objects; several lines of objects are rows instead. */
    static boolean begins(byte[] head) {
        try (JsonParser parser = Json.mapper().createParser(head)) {
            return enter(parser) && parser.nextToken() == JsonToken.START_OBJECT;
        } catch (IOException | NumberFormatException | ArithmeticException e) {
            return false; // cut off before the list, or no JSON
        }
    }

    /** Goes to the bracket that opens the list; false if there is none. */
    static boolean enter(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean named = NAMES.contains(parser.currentName());
            if (parser.nextToken() == JsonToken.START_ARRAY && named) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    /**
     * Goes from the end of the list to the end of the file.
     *
     * @return what stands there and is not read: the name of another list, or more values; empty if nothing
     */
    static String rest(JsonParser parser) throws IOException {
        String left = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY && left.isEmpty()) {
                left = "another list, '" + Clip.text(name) + "', stands beside the one that was read";
            }
            parser.skipChildren();
        }
        boolean more = parser.nextToken() != null;
        return left.isEmpty() && more ? "more stands after the object around the list" : left;
    }
}
