package preflab.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Map;

/** What a command says: JSON lines on standard output with {@code --json}, words and tables without. */
final class Output {

    /** Writes non-finite numbers as the strings "NaN", "Infinity" and "-Infinity", which is Jackson's default. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    Output(PrintWriter out, PrintWriter err, boolean json) {
        this.out = out;
        this.err = err;
        this.json = json;
    }

    boolean isJson() {
        return json;
    }

    /** One object on a line of its own; only with {@code --json}. */
    void json(Map<String, ?> object) {
        if (json) {
            out.println(line(object));
            out.flush();
        }
    }

    /** A line for people; swallowed with {@code --json}. */
    void text(String line) {
        if (!json) {
            out.println(line);
            out.flush();
        }
    }

    /** A table for people, or what to say where it is empty; swallowed with {@code --json}. */
    void table(Table table, String whenEmpty) {
        if (json) {
            return; // nobody reads the lines, and laying out many takes its time
        }
        if (table.isEmpty()) {
            text(whenEmpty);
        } else {
            table.lines().forEach(this::text);
        }
    }

    /** A passing remark on how the work goes: standard error, so that standard output stays the result. */
    void progress(String line) {
        err.println(line);
        err.flush();
    }

    private static String line(Map<String, ?> object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result that JSON cannot hold: " + object, e);
        }
    }
}
