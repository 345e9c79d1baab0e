package preflab.engine.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tests that templates use, by name. */
final class Tests {

    private static final Map<String, String> COMPARISONS = Map.ofEntries(Map.entry("eq", "=="),
            Map.entry("equalto", "=="), Map.entry("==", "=="), Map.entry("ne", "!="), Map.entry("!=", "!="),
            Map.entry("lt", "<"), Map.entry("lessthan", "<"), Map.entry("<", "<"), Map.entry("le", "<="),
            Map.entry("<=", "<="), Map.entry("gt", ">"), Map.entry("greaterthan", ">"), Map.entry(">", ">"),
            Map.entry("ge", ">="), Map.entry(">=", ">="), Map.entry("in", "in"));

    private Tests() {
    }

    static Optional<Test> byName(String name) {
        if (COMPARISONS.containsKey(name)) {
            String operator = COMPARISONS.get(name);
            return Optional.of(
                    (value, arguments) -> Comparison.holds(operator, value, arguments.only("is " + name, "other")));
        }
        return name.equals("divisibleby") ? Optional.of(Tests::divisible) : ofValueAlone(name);
    }

    private static boolean divisible(Object value, Arguments arguments) {
        Object rest = Numbers.compute("%", value, arguments.only("is divisibleby", "number"));
        return Comparison.equal(rest, 0L);
    }

    private static Optional<Test> ofValueAlone(String name) {
        Set<String> known = Set.of("defined", "undefined", "none", "boolean", "true", "false", "string", "integer",
                "float", "number", "mapping", "sequence", "iterable", "callable", "odd", "even", "lower", "upper");
        return known.contains(name) ? Optional.of((value, arguments) -> {
            arguments.none("is " + name);
            return holds(name, value);
        }) : Optional.empty();
    }

    private static boolean holds(String name, Object value) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == Nothing.NONE;
            case "boolean" -> value instanceof Boolean;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "number" -> Numbers.isNumber(value);
            case "mapping" -> value instanceof Map<?, ?>;
            case "sequence" -> isSequence(value);
            case "iterable" -> isSequence(value) || value instanceof Stream;
            case "callable" -> value instanceof Callable;
            case "odd" -> Math.floorMod(Numbers.whole("'is odd'", value), 2) == 1;
            case "even" -> Math.floorMod(Numbers.whole("'is even'", value), 2) == 0;
            case "lower" -> isCased(value) && StringMethods.Cases.lower(Values.text(value)).equals(value);
            default -> isCased(value) && StringMethods.Cases.upper(Values.text(value)).equals(value);
        };
    }

    private static boolean isSequence(Object value) {
        return value instanceof String || value instanceof List<?> || value instanceof Tuple
                || value instanceof Map<?, ?> || value instanceof Undefined;
    }

    private static boolean isCased(Object value) {
        return value instanceof String text && text.codePoints()
                .anyMatch(c -> Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c));
    }
}
