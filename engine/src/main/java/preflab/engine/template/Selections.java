package preflab.engine.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The filters that pick, change or order the items of a sequence. */
final class Selections {

    private Selections() {
    }

    static Filter byName(String name) {
        return switch (name) {
            case "map" -> Selections::map;
            case "select" -> (value, arguments) -> select(value, arguments, true);
            case "reject" -> (value, arguments) -> select(value, arguments, false);
            case "selectattr" -> (value, arguments) -> selectByAttribute(value, arguments, true);
            case "rejectattr" -> (value, arguments) -> selectByAttribute(value, arguments, false);
            case "sort" -> Selections::sort;
            case "unique" -> Selections::unique;
            default -> null;
        };
    }

    /** An attribute by its dotted path; whole numbers in it are indices. */
    static Object attribute(Object item, Object path) {
        if (path instanceof Long) {
            return Members.item(item, path);
        }
        Object at = item;
        for (Object step : PythonText.split(Values.text(path), ".", -1)) {
            String name = (String) step;
            at = Members.item(at, name.matches("\\d+") ? (Object) Long.parseLong(name) : name);
        }
        return at;
    }

    private static Object map(Object value, Arguments arguments) {
        List<Object> mapped = new ArrayList<>();
        if (arguments.positional().isEmpty()) {
            Object[] given = arguments.bind("map", 0, "attribute", "default");
            if (given[0] == null) {
                throw new Fault("map needs a filter or attribute=");
            }
            for (Object item : Values.list(value)) {
                Object found = attribute(item, given[0]);
                mapped.add(found instanceof Undefined && given[1] != null ? given[1] : found);
            }
        } else {
            String name = Values.text(arguments.positional().getFirst());
            Filter filter = Filters.byName(name).orElseThrow(() -> Fault.unsupported("the filter " + name));
            Arguments rest = without(arguments, 1);
            Values.list(value).forEach(item -> mapped.add(filter.apply(item, rest)));
        }
        return new Stream(mapped);
    }

    private static Arguments without(Arguments arguments, int first) {
        List<Object> all = arguments.positional();
        return new Arguments(all.subList(Math.min(first, all.size()), all.size()), arguments.named());
    }

    private static Object select(Object value, Arguments arguments, boolean keep) {
        Test test = test(arguments, 0);
        Arguments rest = without(arguments, 1);
        return new Stream(Values.list(value).stream().filter(item -> test.holds(item, rest) == keep).toList());
    }

    private static Object selectByAttribute(Object value, Arguments arguments, boolean keep) {
        if (arguments.positional().isEmpty()) {
            throw new Fault("an attribute's name is needed");
        }
        Object path = arguments.positional().getFirst();
        Test test = test(arguments, 1);
        Arguments rest = without(arguments, 2);
        return new Stream(Values.list(value).stream()
                .filter(item -> test.holds(attribute(item, path), rest) == keep).toList());
    }

    private static Test test(Arguments arguments, int index) {
        if (arguments.positional().size() <= index) {
            return (value, none) -> Values.truth(value);
        }
        String name = Values.text(arguments.positional().get(index));
        return Tests.byName(name).orElseThrow(() -> Fault.unsupported("the test " + name));
    }

    private static Object key(Object item, Object attribute, boolean cased) {
        Object key = attribute == null || attribute == Nothing.NONE ? item : attribute(item, attribute);
        return !cased && key instanceof String text ? StringMethods.Cases.lower(text) : key;
    }

    private static Object sort(Object value, Arguments arguments) {
        Object[] given = arguments.bind("sort", 0, "reverse", "case_sensitive", "attribute");
        boolean cased = given[1] != null && Values.truth(given[1]);
        Comparator<Object> order = (a, b) -> Comparison.order("<", key(a, given[2], cased), key(b, given[2], cased));
        List<Object> sorted = new ArrayList<>(Values.list(value));
        sorted.sort(given[0] != null && Values.truth(given[0]) ? order.reversed() : order);
        return sorted;
    }

    private static Object unique(Object value, Arguments arguments) {
        Object[] given = arguments.bind("unique", 0, "case_sensitive", "attribute");
        boolean cased = given[0] != null && Values.truth(given[0]);
        Map<Object, Object> first = new LinkedHashMap<>();
        Values.list(value).forEach(item -> first.putIfAbsent(key(item, given[1], cased), item));
        return new Stream(List.copyOf(first.values()));
    }
}
