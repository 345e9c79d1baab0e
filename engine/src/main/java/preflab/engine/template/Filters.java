package preflab.engine.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filters that templates use, by name. */
final class Filters {

    private static final Pattern WORDS = Pattern.compile("[-\\s({\\[<]+|[^-\\s({\\[<]+");

    private Filters() {
    }

    /** Empty for one that is not supported. */
    static Optional<Filter> byName(String name) {
        Filter filter = switch (name) {
            case "trim" -> (value, arguments) -> StringMethods.strip(Values.text(value), name, arguments, true, true);
            case "upper" -> text(name, StringMethods.Cases::upper);
            case "lower" -> text(name, StringMethods.Cases::lower);
            case "capitalize" -> text(name, StringMethods.Cases::capitalized);
            case "title" -> text(name, Filters::title);
            case "string" -> text(name, text -> text);
            case "replace" -> Filters::replace;
            case "indent" -> Filters::indent;
            case "tojson" -> Json::filter;
            case "default", "d" -> Filters::otherwise;
            case "int" -> Filters::whole;
            case "float" -> Filters::real;
            case "abs" -> (value, arguments) -> absolute(value, arguments);
            default -> ofSequence(name);
        };
        return Optional.ofNullable(filter);
    }

    private static Filter ofSequence(String name) {
        return switch (name) {
            case "length", "count" -> (value, arguments) -> {
                arguments.none(name);
                return Values.length(value);
            };
            case "first" -> (value, arguments) -> {
                arguments.none(name);
                Iterator<Object> items = Values.iterator(value);
                return items.hasNext() ? items.next() : new Undefined("there is no first item");
            };
            case "last" -> (value, arguments) -> {
                arguments.none(name);
                if (value instanceof Stream) {
                    throw new Fault("a generator has no last item");
                }
                List<Object> items = Values.list(value);
                return items.isEmpty() ? new Undefined("there is no last item") : items.getLast();
            };
            case "list" -> (value, arguments) -> {
                arguments.none(name);
                return new ArrayList<>(Values.list(value));
            };
            case "reverse" -> (value, arguments) -> {
                arguments.none(name);
                List<Object> reversed = Values.list(value).reversed();
                return value instanceof String
                        ? String.join("", reversed.stream().map(String.class::cast).toList())
                        : new Stream(reversed);
            };
            case "items" -> (value, arguments) -> {
                arguments.none(name);
                return pairs(value);
            };
            case "dictsort" -> (value, arguments) -> {
                arguments.none(name);
                List<Object> pairs = new ArrayList<>(Members.items((Map<?, ?>) dict(value)));
                pairs.sort(Comparator.comparing(pair -> StringMethods.Cases.lower(
                        Values.text(((Tuple) pair).items().getFirst())), PythonText::compare));
                return pairs;
            };
            case "join" -> Filters::join;
            default -> Selections.byName(name);
        };
    }

    private static Filter text(String name, java.util.function.UnaryOperator<String> change) {
        return (value, arguments) -> {
            arguments.none(name);
            return change.apply(Values.text(value));
        };
    }

    private static String title(String text) {
        Matcher words = WORDS.matcher(text);
        StringBuilder title = new StringBuilder();
        while (words.find()) {
            String word = words.group();
            int first = Character.charCount(word.codePointAt(0));
            title.append(StringMethods.Cases.upper(word.substring(0, first)))
                    .append(StringMethods.Cases.lower(word.substring(first)));
        }
        return title.toString();
    }

    private static Object replace(Object value, Arguments arguments) {
        Object[] given = arguments.bind("replace", 2, "old", "new", "count");
        long limit = given[2] == null || given[2] == Nothing.NONE ? -1 : Numbers.whole("count", given[2]);
        return PythonText.replace(Values.text(value), Values.text(given[0]), Values.text(given[1]), limit);
    }

    private static Object indent(Object value, Arguments arguments) {
        Object[] given = arguments.bind("indent", 0, "width", "first", "blank");
        String width = given[0] == null
                ? "    "
                : given[0] instanceof String text
                        ? text
                        : " ".repeat(Math.clamp(Numbers.whole("width", given[0]), 0, 256));
        boolean first = given[1] != null && Values.truth(given[1]);
        boolean blank = given[2] != null && Values.truth(given[2]);
        List<Object> lines = PythonText.lines(Values.text(value) + "\n");
        StringBuilder indented = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = (String) lines.get(i);
            boolean shifted = (i > 0 || first) && (blank || !line.isEmpty() || (i == 0 && first));
            indented.append(i == 0 ? "" : "\n").append(shifted ? width : "").append(line);
        }
        return indented.toString();
    }

    private static Object otherwise(Object value, Arguments arguments) {
        Object[] given = arguments.bind("default", 0, "default_value", "boolean");
        boolean absent = value instanceof Undefined
                || (given[1] != null && Values.truth(given[1]) && !Values.truth(value));
        return !absent ? value : given[0] == null ? "" : given[0];
    }

    private static Object whole(Object value, Arguments arguments) {
        Object[] given = arguments.bind("int", 0, "default");
        Object otherwise = given[0] == null ? 0L : given[0];
        return switch (value) {
            case Long number -> number;
            case Boolean b -> b ? 1L : 0L;
            case Double d when !d.isNaN() && Math.abs(d) < 1L << 53 -> (long) d.doubleValue();
            case String s when s.strip().matches("[+-]?\\d{1,18}") -> Long.parseLong(s.strip());
            case String s when s.strip().matches("[+-]?\\d{1,15}\\.\\d*") -> (long) Double.parseDouble(s.strip());
            case String s when s.codePoints().noneMatch(Character::isDigit) -> otherwise;
            case Nothing n -> otherwise;
            case Undefined u -> otherwise;
            default -> throw Fault.unsupported("int of " + Values.repr(value));
        };
    }

    private static Object real(Object value, Arguments arguments) {
        Object[] given = arguments.bind("float", 0, "default");
        return switch (value) {
            case String s when s.strip().matches("[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d+)?") ->
                Double.parseDouble(s.strip());
            case Undefined u -> given[0] == null ? (Object) 0.0 : given[0];
            default -> {
                if (!Numbers.isNumber(value)) {
                    throw Fault.unsupported("float of " + Values.repr(value));
                }
                yield Numbers.real(value);
            }
        };
    }

    private static Object absolute(Object value, Arguments arguments) {
        arguments.none("abs");
        return Numbers.isNumber(value) && Numbers.compare(value, 0L) < 0
                ? Numbers.negative(value)
                : Numbers.negative(Numbers.negative(value));
    }

    private static Object dict(Object value) {
        if (value instanceof Map<?, ?>) {
            return value;
        }
        throw value instanceof Undefined u ? u.fault() : new Fault("a " + Values.typeName(value) + " is no dict");
    }

    private static Object pairs(Object value) {
        return new Stream(value instanceof Undefined ? List.of() : Members.items((Map<?, ?>) dict(value)));
    }

    private static Object join(Object value, Arguments arguments) {
        Object[] given = arguments.bind("join", 0, "d", "attribute");
        String separator = given[0] == null ? "" : Values.text(given[0]);
        List<Object> items = Values.list(value);
        if (given[1] != null && given[1] != Nothing.NONE) {
            items = items.stream().map(item -> Selections.attribute(item, given[1])).toList();
        }
        return String.join(separator, items.stream().map(Values::text).toList());
    }
}
