package preflab.engine.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What values are made of: attributes and methods, items, slices. */
final class Members {

    /** Methods of Python's lists, tuples and dicts that are known to exist and not supported, or change the value. */
    private static final Set<String> REFUSED = Set.of("append", "extend", "insert", "remove", "pop", "clear", "sort",
            "reverse", "update", "setdefault", "popitem", "copy", "fromkeys");

    private Members() {
    }

    /** {@code owner.name}: a method where there is one, else the item. */
    static Object attribute(Object owner, String name) {
        if (owner instanceof Undefined u) {
            throw u.fault();
        }
        Object method = method(owner, name);
        return method instanceof Undefined ? itemOrUndefined(owner, name) : method;
    }

    /** {@code owner[key]}: the item where there is one, else a method. */
    static Object item(Object owner, Object key) {
        if (owner instanceof Undefined u) {
            throw u.fault();
        }
        Object item = itemOrUndefined(owner, key);
        return item instanceof Undefined && key instanceof String name ? method(owner, name) : item;
    }

    private static Object itemOrUndefined(Object owner, Object key) {
        Object found = switch (owner) {
            case Map<?, ?> m -> m.get(key);
            case List<?> l when Numbers.isNumber(key) -> at(l, key);
            case Tuple t when Numbers.isNumber(key) -> at(t.items(), key);
            case String s when Numbers.isNumber(key) -> at(PythonText.characters(s), key);
            default -> null;
        };
        return found == null ? Undefined.of(owner, key) : found;
    }

    private static Object at(List<?> list, Object key) {
        if (key instanceof Double) {
            return null;
        }
        long index = Numbers.whole("an index", key);
        long from = index < 0 ? index + list.size() : index;
        return from >= 0 && from < list.size() ? list.get((int) from) : null;
    }

    private static Object method(Object owner, String name) {
        if (name.startsWith("__")) {
            throw Fault.unsupported("the attribute " + name);
        }
        return switch (owner) {
            case String s -> StringMethods.of(s, name);
            case Map<?, ?> m -> ofDict(m, name);
            case List<?> l -> ofList(l, name);
            case Tuple t -> ofList(t.items(), name);
            case Namespace n -> n.values().getOrDefault(name, Undefined.of(n, name));
            case LoopState l -> l.attribute(name);
            case Callable c -> throw Fault.unsupported("the attribute " + name + " of a function");
            default -> Undefined.of(owner, name);
        };
    }

    private static Object ofDict(Map<?, ?> dict, String name) {
        return switch (name) {
            case "items" -> (Callable) arguments -> {
                arguments.none("items");
                return items(dict);
            };
            case "keys" -> (Callable) arguments -> {
                arguments.none("keys");
                return Values.list(dict);
            };
            case "values" -> (Callable) arguments -> {
                arguments.none("values");
                return new ArrayList<Object>(dict.values());
            };
            case "get" -> (Callable) arguments -> {
                Object[] given = arguments.bind("get", 1, "key", "default");
                Object found = dict.get(given[0]);
                return found != null ? found : given[1] != null ? given[1] : Nothing.NONE;
            };
            default -> refused(dict, name);
        };
    }

    /** The pairs of a dict. */
    static List<Object> items(Map<?, ?> dict) {
        List<Object> items = new ArrayList<>();
        dict.forEach((key, value) -> items.add(Tuple.of(key, value)));
        return items;
    }

    private static Object ofList(List<?> list, String name) {
        return switch (name) {
            case "index" -> (Callable) arguments -> {
                Object wanted = arguments.only("index", "value");
                for (int i = 0; i < list.size(); i++) {
                    if (Comparison.equal(list.get(i), wanted)) {
                        return (long) i;
                    }
                }
                throw new Fault(Values.repr(wanted) + " is not in the list");
            };
            case "count" -> (Callable) arguments -> {
                Object wanted = arguments.only("count", "value");
                return list.stream().filter(item -> Comparison.equal(item, wanted)).count();
            };
            default -> refused(list, name);
        };
    }

    private static Object refused(Object owner, String name) {
        if (REFUSED.contains(name) && !(owner instanceof Map<?, ?> m && m.containsKey(name))) {
            throw Fault.unsupported("the method " + name + " of a " + Values.typeName(owner));
        }
        return Undefined.of(owner, name);
    }

    static Object slice(Object owner, Object from, Object to, Object step) {
        if (owner instanceof Undefined u) {
            throw u.fault();
        }
        if (!(owner instanceof String || owner instanceof List<?> || owner instanceof Tuple)) {
            throw new Fault("a " + Values.typeName(owner) + " has no slices");
        }
        List<Object> all = Values.list(owner);
        long stride = step == Nothing.NONE ? 1 : Numbers.whole("the step of a slice", step);
        if (stride == 0) {
            throw new Fault("the step of a slice must not be 0");
        }
        long size = all.size();
        long low = stride > 0 ? 0 : -1;
        long high = stride > 0 ? size : size - 1;
        long first = from == Nothing.NONE ? (stride > 0 ? low : high) : bound(from, size, low, high);
        long last = to == Nothing.NONE ? (stride > 0 ? high : low) : bound(to, size, low, high);
        List<Object> some = new ArrayList<>();
        for (long i = first; stride > 0 ? i < last : i > last; i += stride) {
            some.add(all.get((int) i));
        }
        return switch (owner) {
            case String s -> String.join("", some.stream().map(String.class::cast).toList());
            case Tuple t -> new Tuple(some);
            default -> some;
        };
    }

    private static long bound(Object given, long size, long low, long high) {
        long index = Numbers.whole("a bound of a slice", given);
        return Math.clamp(index < 0 ? index + size : index, low, high);
    }
}
