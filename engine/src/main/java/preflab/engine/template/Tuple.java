package preflab.engine.template;

import java.util.List;

/** Python's tuple: unlike a list in print and in comparison. */
record Tuple(List<Object> items) {

    static Tuple of(Object... items) {
        return new Tuple(List.of(items));
    }
}
