package preflab.engine.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values as Python's {@code json.dumps(value, ensure_ascii=False)} writes them, which is transformers' {@code tojson}. */
final class Json {

    private final String indent; // of one level; null: all on one line
    private final String comma;
    private final String colon;
    private final boolean sorted;
    private final StringBuilder out = new StringBuilder();

    private Json(String indent, String comma, String colon, boolean sorted) {
        this.indent = indent;
        this.comma = comma;
        this.colon = colon;
        this.sorted = sorted;
    }

    /** The filter {@code tojson(ensure_ascii, indent, separators, sort_keys)}. */
    static String filter(Object value, Arguments arguments) {
        Object[] given = arguments.bind("tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys");
        if (given[0] != null && Values.truth(given[0])) {
            throw Fault.unsupported("tojson with ensure_ascii");
        }
        String indent = given[1] == null || given[1] == Nothing.NONE
                ? null
                : given[1] instanceof String text
                        ? text
                        : " ".repeat(Math.clamp(Numbers.whole("indent", given[1]), 0, 64));
        List<Object> separators = given[2] == null || given[2] == Nothing.NONE
                ? List.of(indent == null ? ", " : ",", ": ")
                : Values.list(given[2]);
        Json json = new Json(indent, Values.text(separators.getFirst()), Values.text(separators.getLast()),
                given[3] != null && Values.truth(given[3]));
        json.write(value, 0);
        return json.out.toString();
    }

    private void write(Object value, int level) {
        switch (value) {
            case String s -> string(s);
            case Boolean b -> out.append(b);
            case Nothing n -> out.append("null");
            case Long l -> out.append(l.longValue());
            case Double d -> out.append(real(d));
            case List<?> l -> list(l, level);
            case Tuple t -> list(t.items(), level);
            case Map<?, ?> m -> dict(m, level);
            case Undefined u -> throw u.fault();
            default -> throw new Fault("a " + Values.typeName(value) + " cannot be written as JSON");
        }
    }

    private static String real(double d) {
        return Double.isNaN(d) ? "NaN" : Double.isInfinite(d) ? (d > 0 ? "Infinity" : "-Infinity") : Values.number(d);
    }

    private void list(List<?> items, int level) {
        if (items.isEmpty()) {
            out.append("[]");
            return;
        }
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
            separate(i, level + 1);
            write(items.get(i), level + 1);
        }
        newLine(level);
        out.append(']');
    }

    private void dict(Map<?, ?> dict, int level) {
        if (dict.isEmpty()) {
            out.append("{}");
            return;
        }
        out.append('{');
        List<String> keys = new ArrayList<>(dict.keySet().stream().map(Values::text).toList());
        if (sorted) {
            keys.sort(PythonText::compare);
        }
        for (int i = 0; i < keys.size(); i++) {
            separate(i, level + 1);
            string(keys.get(i));
            out.append(colon);
            write(dict.get(keys.get(i)), level + 1);
        }
        newLine(level);
        out.append('}');
    }

    private void separate(int index, int level) {
        out.append(index == 0 ? "" : comma);
        newLine(level);
    }

    private void newLine(int level) {
        if (indent != null) {
            out.append('\n').append(indent.repeat(level));
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
