package preflab.engine.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Python's values and what it does with them. They are {@link String}, {@link Long}, {@link Double}, {@link Boolean},
 * {@link List}, {@link Tuple}, {@link Map}, {@link Nothing}, and the interpreter's own.
 */
final class Values {

    private Values() {
    }

    static String typeName(Object value) {
        return switch (value) {
            case String s -> "string";
            case Long l -> "int";
            case Double d -> "float";
            case Boolean b -> "bool";
            case List<?> l -> "list";
            case Tuple t -> "tuple";
            case Map<?, ?> m -> "dict";
            case Nothing n -> "None";
            case Undefined u -> "undefined value";
            case Namespace n -> "namespace";
            case Stream s -> "generator";
            case Callable c -> "function";
            default -> value.getClass().getSimpleName();
        };
    }

    static boolean truth(Object value) {
        return switch (value) {
            case Boolean b -> b;
            case Nothing n -> false;
            case Undefined u -> false;
            case String s -> !s.isEmpty();
            case Long l -> l != 0;
            case Double d -> d != 0;
            case List<?> l -> !l.isEmpty();
            case Tuple t -> !t.items().isEmpty();
            case Map<?, ?> m -> !m.isEmpty();
            default -> true;
        };
    }

    /** As str(value), which is also how values are put out. */
    static String text(Object value) {
        return switch (value) {
            case String s -> s;
            case Undefined u -> "";
            default -> repr(value);
        };
    }

    /** As repr(value). */
    static String repr(Object value) {
        return switch (value) {
            case String s -> quoted(s);
            case Long l -> Long.toString(l);
            case Double d -> number(d);
            case Boolean b -> b ? "True" : "False";
            case Nothing n -> "None";
            case Undefined u -> "Undefined";
            case List<?> l -> "[" + joined(l) + "]";
            case Tuple t -> "(" + joined(t.items()) + (t.items().size() == 1 ? ",)" : ")");
            case Map<?, ?> m -> "{" + String.join(", ", m.entrySet().stream()
                    .map(e -> repr(e.getKey()) + ": " + repr(e.getValue())).toList()) + "}";
            default -> throw Fault.unsupported("a " + typeName(value) + " as text");
        };
    }

    private static String joined(List<?> items) {
        return String.join(", ", items.stream().map(Values::repr).toList());
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder quoted = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c == 127) {
                        quoted.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15,
                                16));
                    } else if (c == quote) {
                        quoted.append('\\').append(quote);
                    } else if (isPrinted(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        throw Fault.unsupported("the character " + c + " in a list or dict as text");
                    }
                }
            }
        });
        return quoted.append(quote).toString();
    }

    /** Python escapes separators other than the space, controls and unassigned code points, which are rare. */
    private static boolean isPrinted(int c) {
        return c == ' ' || !(Character.isSpaceChar(c) || Character.isISOControl(c) || !Character.isDefined(c)
                || Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.PRIVATE_USE
                || Character.getType(c) == Character.SURROGATE);
    }

    /** The shortest digits that give the number back, in Python's notation. */
    static String number(double d) {
        if (Double.isNaN(d) || Double.isInfinite(d)) {
            return Double.isNaN(d) ? "nan" : d > 0 ? "inf" : "-inf";
        }
        BigDecimal digits = new BigDecimal(Double.toString(d));
        int exponent = digits.precision() - digits.scale() - 1;
        if (d == 0) {
            return 1 / d < 0 ? "-0.0" : "0.0";
        }
        if (exponent >= -4 && exponent < 16) {
            String plain = digits.stripTrailingZeros().toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String mantissa = digits.stripTrailingZeros().unscaledValue().abs().toString();
        String point = mantissa.length() == 1 ? mantissa : mantissa.charAt(0) + "." + mantissa.substring(1);
        String power = Integer.toString(Math.abs(exponent));
        return (d < 0 ? "-" : "") + point + (exponent < 0 ? "e-" : "e+") + (power.length() < 2 ? "0" : "") + power;
    }

    /** As len(value). */
    static long length(Object value) {
        return switch (value) {
            case String s -> PythonText.length(s);
            case List<?> l -> l.size();
            case Tuple t -> t.items().size();
            case Map<?, ?> m -> m.size();
            case Undefined u -> 0;
            default -> throw new Fault("a " + typeName(value) + " has no length");
        };
    }

    static Iterator<Object> iterator(Object value) {
        return value instanceof Stream stream ? stream.rest() : list(value).iterator();
    }

    /** As list(value). */
    @SuppressWarnings("unchecked") // lists of the interpreter hold its values
    static List<Object> list(Object value) {
        return switch (value) {
            case String s -> PythonText.characters(s);
            case List<?> l -> (List<Object>) l;
            case Tuple t -> t.items();
            case Map<?, ?> m -> new ArrayList<>(m.keySet());
            case Undefined u -> List.of();
            case Stream s -> {
                List<Object> all = new ArrayList<>();
                s.rest().forEachRemaining(all::add);
                yield all;
            }
            default -> throw new Fault("a " + typeName(value) + " cannot be gone through");
        };
    }

    static Fault unlike(String operator, Object a, Object b) {
        if (a instanceof Undefined u) {
            return u.fault();
        }
        if (b instanceof Undefined u) {
            return u.fault();
        }
        return new Fault("'" + operator + "' is not defined for " + typeName(a) + " and " + typeName(b));
    }
}
