package preflab.datasets.importer;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;

/** A parser of many rows in one document that lets no single row grow beyond the limits of a line. */
final class BoundedParser extends JsonParserDelegate {

    private long tokens;
    private long characters;

    BoundedParser(JsonParser parser) {
        super(parser);
    }

    /** What follows is another row. */
    void startRow() {
        tokens = 0;
        characters = 0;
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = delegate.nextToken();
        if (token == JsonToken.VALUE_STRING) {
            characters += delegate.getTextLength();
        }
        if (++tokens > Json.MOST_TOKENS || characters > Json.LONGEST_ROW) {
            throw new StreamConstraintsException(tokens > Json.MOST_TOKENS
                    ? "a row holds more than " + Json.MOST_TOKENS + " values"
                    : "a row is longer than " + (Json.LONGEST_ROW >> 20) + " MiB");
        }
        return token;
    }

    @Override
    public JsonToken nextValue() throws IOException {
        JsonToken token = nextToken();
        return token == JsonToken.FIELD_NAME ? nextToken() : token;
    }

    /** Skips without counting: nothing of it is kept. */
    @Override
    public JsonParser skipChildren() throws IOException {
        delegate.skipChildren();
        return this;
    }
}
