package preflab.engine.template;

import java.util.ArrayList;
import java.util.List;

/** Arithmetic as in Python: bools count as 0 and 1, {@code /} gives floats, {@code //} and {@code %} round down. */
final class Numbers {

    /** What a product of a string or list may have at most. */
    private static final long LONGEST = 1 << 20;

    private Numbers() {
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    private static Object plain(Object value) {
        return value instanceof Boolean b ? (Object) (b ? 1L : 0L) : value;
    }

    static double real(Object value) {
        return ((Number) plain(value)).doubleValue();
    }

    /** A whole number; bools count. */
    static long whole(String what, Object value) {
        if (plain(value) instanceof Long number) {
            return number;
        }
        throw new Fault(what + " must be a whole number, not a " + Values.typeName(value));
    }

    static int compare(Object a, Object b) {
        return plain(a) instanceof Long first && plain(b) instanceof Long second
                ? Long.compare(first, second)
                : real(a) == real(b) ? 0 : real(a) < real(b) ? -1 : 1;
    }

    /** One of {@code + - * / // % **}. */
    static Object compute(String operator, Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            try {
                return plain(a) instanceof Long first && plain(b) instanceof Long second
                        ? whole(operator, first, second)
                        : (Object) real(operator, real(a), real(b));
            } catch (ArithmeticException e) {
                throw new Fault("'" + operator + "' fails for " + Values.repr(a) + " and " + Values.repr(b));
            }
        }
        if (operator.equals("+")) {
            return sum(a, b);
        }
        if (operator.equals("*") && plain(b) instanceof Long times) {
            return repeated(a, times);
        }
        if (operator.equals("%") && a instanceof String) {
            throw Fault.unsupported("formatting by '%'");
        }
        throw Values.unlike(operator, a, b);
    }

    private static Object whole(String operator, long a, long b) {
        return switch (operator) {
            case "+" -> Math.addExact(a, b);
            case "-" -> Math.subtractExact(a, b);
            case "*" -> Math.multiplyExact(a, b);
            case "//" -> Math.floorDiv(a, b);
            case "%" -> Math.floorMod(a, b);
            case "**" -> power(a, b);
            default -> real(operator, (double) a, (double) b);
        };
    }

    private static Object power(long a, long b) {
        if (b < 0) {
            return Math.pow((double) a, (double) b);
        }
        long result = 1;
        for (long i = 0; i < b; i++) {
            result = Math.multiplyExact(result, a);
            if (i > 64 && Math.abs(a) <= 1) {
                throw Fault.unsupported("a power as high as " + b);
            }
        }
        return result;
    }

    private static double real(String operator, double a, double b) {
        if (b == 0 && List.of("/", "//", "%").contains(operator)) {
            throw new ArithmeticException();
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "**" -> Math.pow(a, b);
            default -> throw Fault.unsupported("'" + operator + "' of floats");
        };
    }

    private static Object sum(Object a, Object b) {
        if (a instanceof String first && b instanceof String second) {
            return first + second;
        }
        if (a instanceof List<?> && b instanceof List<?>) {
            return joined(a, b);
        }
        if (a instanceof Tuple && b instanceof Tuple) {
            return new Tuple(joined(a, b));
        }
        throw Values.unlike("+", a, b);
    }

    private static List<Object> joined(Object a, Object b) {
        List<Object> all = new ArrayList<>(Values.list(a));
        all.addAll(Values.list(b));
        return all;
    }

    private static Object repeated(Object a, long times) {
        int count = (int) Math.clamp(times, 0, LONGEST + 1);
        if ((a instanceof String || a instanceof List<?>) && Values.length(a) * count > LONGEST) {
            throw Fault.unsupported("a product of more than a million items");
        }
        if (a instanceof String text) {
            return text.repeat(count);
        }
        if (a instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.addAll(list);
            }
            return all;
        }
        throw Values.unlike("*", a, times);
    }

    static Object negative(Object value) {
        return switch (plain(value)) {
            case Long number -> Math.negateExact(number);
            case Double number -> -number;
            case Undefined u -> throw u.fault();
            default -> throw new Fault("a " + Values.typeName(value) + " has no negative");
        };
    }
}
