package preflab.engine.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import preflab.engine.objective.State;

/** A {@link Progress} as part of a checkpoint's manifest. Numbers come back bit by bit; those not finite are words. */
final class ProgressJson {

    private static final int VERSION = 2; // 1 could not be resumed from
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProgressJson() {
    }

    static ObjectNode write(Progress progress) {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION).put("step", progress.step())
                .put("evaluated", progress.evaluated());
        root.set("objective_state", numbers(progress.objective().values()));
        root.set("metrics", numbers(progress.last()));
        root.set("metrics_of_step", numbers(progress.atStep()));
        root.putObject("best").put("step", progress.best().step()).put("waited", progress.best().waited()).set("value",
                number(progress.best().value()));
        if (!progress.drawn().isMissingNode()) {
            root.set("drawn", progress.drawn());
        }
        return root;
    }

    private static ObjectNode numbers(Map<String, Double> values) {
        ObjectNode node = JSON.createObjectNode();
        new TreeMap<>(values).forEach((key, value) -> node.set(key, number(value)));
        return node;
    }

    private static JsonNode number(double value) {
        return Double.isFinite(value)
                ? JSON.getNodeFactory().numberNode(value)
                : JSON.getNodeFactory().textNode(Double.toString(value));
    }

    /**
     * What {@link #write} wrote.
     *
     * @throws TrainException
     *             if it was written by a program that could not resume, or by a newer one
     */
    static Progress read(JsonNode root) {
        int version = root.path("version").asInt(0);
        if (version != VERSION) {
            throw new TrainException("its manifest is of version " + version + "; this program resumes from version "
                    + VERSION);
        }
        JsonNode best = root.path("best");
        return new Progress(root.path("step").asInt(), root.path("evaluated").asBoolean(),
                new State(values(root.path("objective_state"))), values(root.path("metrics")),
                values(root.path("metrics_of_step")), new Progress.Best(best.path("step").asInt(-1),
                        value(best.path("value")), best.path("waited").asInt()),
                root.path("drawn"));
    }

    private static Map<String, Double> values(JsonNode node) {
        Map<String, Double> values = new LinkedHashMap<>();
        node.properties().forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
        return values;
    }

    private static double value(JsonNode node) {
        return node.isTextual() ? Double.parseDouble(node.textValue()) : node.asDouble();
    }
}
