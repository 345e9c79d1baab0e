package preflab.engine.template;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The arguments of a call, of a filter or of a test; values only. */
record Arguments(List<Object> positional, Map<String, Object> named) {

    static final Arguments NONE = new Arguments(List.of(), Map.of());

    /**
     * The arguments in the order of the names, null for those not given.
     *
     * @param required
     *            how many of the first must be given
     */
    Object[] bind(String what, int required, String... names) {
        if (positional.size() > names.length) {
            throw new Fault(what + " takes " + names.length + " arguments at most, not " + positional.size());
        }
        Object[] bound = Arrays.copyOf(positional.toArray(), names.length);
        named.forEach((name, value) -> {
            int index = Arrays.asList(names).indexOf(name);
            if (index < 0 || bound[index] != null) {
                throw new Fault(what + (index < 0 ? " has no argument " : " is given twice the argument ") + name);
            }
            bound[index] = value;
        });
        for (int i = 0; i < required; i++) {
            if (bound[i] == null) {
                throw new Fault(what + " needs the argument " + names[i]);
            }
        }
        return bound;
    }

    /** The one argument. */
    Object only(String what, String name) {
        return bind(what, 1, name)[0];
    }

    /** Makes sure there are none. */
    void none(String what) {
        bind(what, 0);
    }
}
