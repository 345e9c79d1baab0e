package preflab.engine.param;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A complete, checked assignment of values to a list of parameters. Immutable; in the order of the descriptors.
 */
public final class ParamValues {

    private final Map<Param<?>, Object> values;

    private ParamValues(Map<Param<?>, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** Every parameter at its default. */
    public static ParamValues defaults(List<Param<?>> params) {
        return parse(params, Map.of());
    }

    /**
     * Defaults overlaid with values given as text, by id or alias.
     *
     * @throws ParamException
     *             for a name that none of the parameters has, a setting given under two names, or a value that is not
     *             allowed
     */
    public static ParamValues parse(List<Param<?>> params, Map<String, String> given) {
        Map<Param<?>, Object> values = new LinkedHashMap<>();
        params.forEach(param -> values.put(param, param.defaultValue()));
        Map<Param<?>, String> names = new LinkedHashMap<>();
        given.forEach((name, text) -> {
            Param<?> param = named(params, name);
            String other = names.put(param, name);
            if (other != null) {
                throw new ParamException(other + " and " + name + " are the same setting: give one of them");
            }
            values.put(param, param.parse(text));
        });
        return new ParamValues(values);
    }

    /** The descriptors, in order. */
    public List<Param<?>> params() {
        return List.copyOf(values.keySet());
    }

    private static Param<?> named(List<Param<?>> params, String name) {
        return params.stream().filter(p -> p.id().equals(name)).findFirst()
                .or(() -> params.stream().filter(p -> p.aliases().contains(name)).findFirst())
                .orElseThrow(() -> new ParamException(
                        "there is no setting \"" + name + "\"; known: " + params.stream().map(Param::id).toList()));
    }

    /** The value of a parameter of this list. */
    public double get(Param.OfDouble param) {
        return (Double) value(param);
    }

    public int get(Param.OfInt param) {
        return (Integer) value(param);
    }

    public boolean get(Param.OfBoolean param) {
        return (Boolean) value(param);
    }

    public String get(Param.OfChoice param) {
        return (String) value(param);
    }

    public String get(Param.OfText param) {
        return (String) value(param);
    }

    /** The constant of an enum whose names, in lower case, are the choices. */
    public <E extends Enum<E>> E get(Param.OfChoice param, Class<E> type) {
        return Enum.valueOf(type, get(param).toUpperCase(Locale.ROOT));
    }

    /** Id to value as text, in order; {@link #parse} reads it back. */
    public Map<String, String> asText() {
        Map<String, String> text = new LinkedHashMap<>();
        values.forEach((param, value) -> text.put(param.id(), format(param, value)));
        return text;
    }

    @SuppressWarnings("unchecked") // a value is put beside its own parameter only, in parse
    private static <T> String format(Param<T> param, Object value) {
        return param.format((T) value);
    }

    private Object value(Param<?> param) {
        Object value = values.get(param);
        if (value == null) {
            throw new IllegalArgumentException("parameter " + param.id() + " does not belong to this list");
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParamValues that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return asText().toString();
    }
}
