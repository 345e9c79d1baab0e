package preflab.engine.template;

import java.util.Iterator;
import java.util.List;

/** What filters such as {@code map} give: values that can be gone through once. */
final class Stream {

    private final Iterator<Object> values;

    Stream(List<Object> values) {
        this.values = values.iterator();
    }

    Iterator<Object> rest() {
        return values;
    }
}
