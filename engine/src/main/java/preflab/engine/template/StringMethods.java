package preflab.engine.template;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;

/** The methods of Python's strings. */
final class StringMethods {

    /** Those of Python that are not supported here; any other name is simply undefined. */
    private static final Set<String> REFUSED = Set.of("casefold", "center", "encode", "expandtabs", "format",
            "format_map", "isalnum", "isalpha", "isascii", "isdecimal", "isidentifier", "islower", "isnumeric",
            "isprintable", "isspace", "istitle", "isupper", "ljust", "maketrans", "rindex", "rjust", "rpartition",
            "swapcase", "translate", "zfill");

    private StringMethods() {
    }

    /** A method bound to its string; undefined if Python has none of that name. */
    static Object of(String text, String name) {
        Callable method = switch (name) {
            case "strip" -> arguments -> strip(text, name, arguments, true, true);
            case "lstrip" -> arguments -> strip(text, name, arguments, true, false);
            case "rstrip" -> arguments -> strip(text, name, arguments, false, true);
            case "split", "rsplit" -> arguments -> split(text, name, arguments);
            case "partition" -> arguments -> partition(text, string(arguments.only(name, "sep")));
            case "splitlines" -> arguments -> {
                arguments.none(name);
                return PythonText.lines(text);
            };
            case "startswith" -> arguments -> any(text, name, arguments, String::startsWith);
            case "endswith" -> arguments -> any(text, name, arguments, String::endsWith);
            case "replace" -> arguments -> replace(text, arguments);
            case "join" -> arguments -> join(text, arguments.only(name, "iterable"));
            case "find", "rfind", "index" -> arguments -> find(text, name, string(arguments.only(name, "sub")));
            case "count" -> arguments -> count(text, string(arguments.only(name, "sub")));
            case "removeprefix" -> arguments -> {
                String prefix = string(arguments.only(name, "prefix"));
                return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
            };
            case "removesuffix" -> arguments -> {
                String suffix = string(arguments.only(name, "suffix"));
                return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
            };
            default -> Cases.method(text, name);
        };
        if (method == null && REFUSED.contains(name)) {
            throw Fault.unsupported("the method " + name + " of a string");
        }
        return method == null ? Undefined.of(text, name) : method;
    }

    private static String string(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new Fault("a string is needed, not a " + Values.typeName(value));
    }

    static String strip(String text, String name, Arguments arguments, boolean left, boolean right) {
        Object chars = arguments.bind(name, 0, "chars")[0];
        if (chars == null || chars == Nothing.NONE) {
            return PythonText.strip(text, PythonText::isSpace, left, right);
        }
        Set<Integer> drop = Set.copyOf(string(chars).codePoints().boxed().toList());
        return PythonText.strip(text, drop::contains, left, right);
    }

    private static List<Object> split(String text, String name, Arguments arguments) {
        Object[] given = arguments.bind(name, 0, "sep", "maxsplit");
        long limit = given[1] == null ? -1 : Numbers.whole("maxsplit", given[1]);
        if (given[0] == null || given[0] == Nothing.NONE) {
            if (name.equals("rsplit") && limit >= 0) {
                throw Fault.unsupported("rsplit by white space with a limit");
            }
            return PythonText.splitWhite(text, limit);
        }
        String separator = string(given[0]);
        if (separator.isEmpty()) {
            throw new Fault("the separator is empty");
        }
        return name.equals("split")
                ? PythonText.split(text, separator, limit)
                : PythonText.splitRight(text, separator, limit);
    }

    private static Tuple partition(String text, String separator) {
        int found = separator.isEmpty() ? -1 : text.indexOf(separator);
        return found < 0
                ? Tuple.of(text, "", "")
                : Tuple.of(text.substring(0, found), separator, text.substring(found + separator.length()));
    }

    private static boolean any(String text, String name, Arguments arguments, BiPredicate<String, String> matches) {
        Object given = arguments.only(name, "affix");
        return given instanceof Tuple several
                ? several.items().stream().anyMatch(each -> matches.test(text, string(each)))
                : matches.test(text, string(given));
    }

    private static String replace(String text, Arguments arguments) {
        Object[] given = arguments.bind("replace", 2, "old", "new", "count");
        long limit = given[2] == null ? -1 : Numbers.whole("count", given[2]);
        return PythonText.replace(text, string(given[0]), string(given[1]), limit);
    }

    private static String join(String separator, Object values) {
        return String.join(separator, Values.list(values).stream().map(StringMethods::string).toList());
    }

    private static long find(String text, String name, String part) {
        int found = name.equals("rfind") ? text.lastIndexOf(part) : text.indexOf(part);
        if (found < 0 && name.equals("index")) {
            throw new Fault("'" + part + "' is not in the string");
        }
        return found < 0 ? -1 : text.codePointCount(0, found);
    }

    private static long count(String text, String part) {
        return part.isEmpty() ? PythonText.length(text) + 1L : PythonText.split(text, part, -1).size() - 1L;
    }

    /** Upper and lower case, in no language. */
    static final class Cases {

        private Cases() {
        }

        static Callable method(String text, String name) {
            return switch (name) {
                case "upper" -> arguments -> {
                    arguments.none(name);
                    return upper(text);
                };
                case "lower" -> arguments -> {
                    arguments.none(name);
                    return lower(text);
                };
                case "capitalize" -> arguments -> {
                    arguments.none(name);
                    return capitalized(text);
                };
                case "title" -> arguments -> {
                    arguments.none(name);
                    return title(text);
                };
                case "isdigit" -> arguments -> {
                    arguments.none(name);
                    return !text.isEmpty() && text.codePoints().allMatch(Cases::isDigit);
                };
                default -> null;
            };
        }

        private static boolean isDigit(int c) {
            if (c > 127) {
                throw Fault.unsupported("isdigit beyond ASCII");
            }
            return c >= '0' && c <= '9';
        }

        static String upper(String text) {
            return text.toUpperCase(Locale.ROOT);
        }

        static String lower(String text) {
            return text.toLowerCase(Locale.ROOT);
        }

        static String capitalized(String text) {
            if (text.isEmpty()) {
                return text;
            }
            int first = text.codePointAt(0);
            return Character.toString(Character.toTitleCase(first)) + lower(text.substring(Character.charCount(first)));
        }

        private static String title(String text) {
            StringBuilder title = new StringBuilder();
            boolean within = false;
            for (int c : text.codePoints().toArray()) {
                title.appendCodePoint(within ? Character.toLowerCase(c) : Character.toTitleCase(c));
                within = Character.isLetter(c);
            }
            return title.toString();
        }
    }
}
