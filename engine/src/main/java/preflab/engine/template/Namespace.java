package preflab.engine.template;

import java.util.LinkedHashMap;
import java.util.Map;

/** The value of {@code namespace(…)}: the one thing that tags within a loop can change for those after it. */
record Namespace(Map<String, Object> values) {

    Namespace(Map<String, Object> values) {
        this.values = new LinkedHashMap<>(values);
    }
}
