package preflab.engine.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Equality, order and membership as in Python. */
final class Comparison {

    private Comparison() {
    }

    static boolean equal(Object a, Object b) {
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
            return Numbers.compare(a, b) == 0;
        }
        if (a instanceof List<?> first && b instanceof List<?> second) {
            return equalItems(first, second);
        }
        if (a instanceof Tuple first && b instanceof Tuple second) {
            return equalItems(first.items(), second.items());
        }
        if (a instanceof Map<?, ?> first && b instanceof Map<?, ?> second) {
            return first.size() == second.size() && first.entrySet().stream().allMatch(
                    e -> second.containsKey(e.getKey()) && equal(e.getValue(), second.get(e.getKey())));
        }
        return a instanceof Undefined ? b instanceof Undefined : a.equals(b);
    }

    private static boolean equalItems(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Below 0, 0 or above, as a comes before b. */
    static int order(String operator, Object a, Object b) {
        return tried(a, b).orElseThrow(() -> Values.unlike(operator, a, b));
    }

    private static Optional<Integer> tried(Object a, Object b) {
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
            return Optional.of(Numbers.compare(a, b));
        }
        if (a instanceof String first && b instanceof String second) {
            return Optional.of(PythonText.compare(first, second));
        }
        return Optional.empty();
    }

    static boolean contains(Object container, Object item) {
        return switch (container) {
            case String s when item instanceof String part -> s.contains(part);
            case String s -> throw Values.unlike("in", item, s);
            case Map<?, ?> m -> Values.list(m).stream().anyMatch(key -> equal(key, item));
            default -> {
                for (var items = Values.iterator(container); items.hasNext();) {
                    if (equal(items.next(), item)) {
                        yield true;
                    }
                }
                yield false;
            }
        };
    }

    /** One of {@code == != < <= > >= in} and {@code not in}. */
    static boolean holds(String operator, Object a, Object b) {
        return switch (operator) {
            case "==" -> equal(a, b);
            case "!=" -> !equal(a, b);
            case "in" -> contains(b, a);
            case "not in" -> !contains(b, a);
            case "<" -> order(operator, a, b) < 0;
            case "<=" -> order(operator, a, b) <= 0;
            case ">" -> order(operator, a, b) > 0;
            default -> order(operator, a, b) >= 0;
        };
    }
}
