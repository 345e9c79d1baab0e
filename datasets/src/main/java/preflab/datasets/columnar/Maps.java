package preflab.datasets.columnar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Maps, which columnar files hold as lists of key and value. */
final class Maps {

    private Maps() {
    }

    /** An object where every key is a text of its own; else the list as it is. */
    static JsonNode asObject(ArrayNode entries) {
        ObjectNode object = Cells.JSON.objectNode();
        for (JsonNode entry : entries) {
            JsonNode key = entry.path("key");
            if (!key.isTextual() || object.has(key.textValue())) {
                return entries;
            }
            object.set(key.textValue(), entry.path("value"));
        }
        return object;
    }
}
