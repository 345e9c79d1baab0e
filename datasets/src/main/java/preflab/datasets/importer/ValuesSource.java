package preflab.datasets.importer;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * The elements of one JSON array, which an object may be wrapped around, or objects one after another. Elements that
 * are no objects are problems of their own; after broken JSON a parser cannot find the next element, so the rest of the
 * file is one problem.
 */
final class ValuesSource implements RowSource {

    private final InputStream in;
    private final MeteredInputStream metered;
    private final JsonContainer container;
    private final boolean array;
    private BoundedParser parser;
    private long number;
    private JsonNode node;
    private Problem problem;
    private boolean ended;

    ValuesSource(InputStream in, MeteredInputStream metered, JsonContainer container) {
        this.in = in;
        this.metered = metered;
        this.container = container;
        this.array = container != JsonContainer.VALUES;
    }

    @Override
    public boolean next() throws IOException {
        node = null;
        problem = null;
        if (ended) {
            return false;
        }
        try {
            return read();
        } catch (JsonProcessingException | CharConversionException e) {
            return broken(Json.explain(e));
        } catch (NumberFormatException | ArithmeticException e) {
            return broken("a number cannot be read");
        }
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public JsonNode node() {
        return node;
    }

    @Override
    public Problem problem() {
        return problem;
    }

    @Override
    public long bytes() {
        return metered.bytes();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean read() throws IOException {
        JsonToken token = first();
        parser.startRow();
        if (token == null && array) {
            return broken("the file ends before its list does");
        }
        if (token == null || token == JsonToken.END_ARRAY) {
            ended = true;
            return container == JsonContainer.WRAPPED && leavesSomething();
        }
        number++;
        JsonNode value = Json.mapper().readTree(parser);
        if (value.isObject()) {
            node = value;
        } else {
            problem = new Problem(number, BadRow.WHOLE, Json.notAnObject(value));
        }
        return true;
    }

    private JsonToken first() throws IOException {
        if (parser == null) {
            parser = Json.rows(in);
            if (container == JsonContainer.WRAPPED) {
                WrappedList.enter(parser);
            } else if (array) {
                parser.nextToken(); // the opening bracket
            }
        }
        return parser.nextToken();
    }

    private boolean leavesSomething() throws IOException {
        String rest = WrappedList.rest(parser);
        problem = rest.isEmpty() ? null : new Problem(number + 1, BadRow.WHOLE, rest + ": it was not read");
        return problem != null;
    }

    private boolean broken(String why) {
        ended = true;
        boolean inside = node == null && parser != null && !parser.getParsingContext().inRoot();
        problem = new Problem(Math.max(1, inside && parser.getParsingContext().inArray() ? number + 1 : number),
                BadRow.WHOLE, "broken JSON, nothing after it can be read: " + why);
        return true;
    }
}
