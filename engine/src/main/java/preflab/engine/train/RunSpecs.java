package preflab.engine.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.param.Param;
import preflab.engine.param.ParamException;
import preflab.engine.param.ParamValues;

/**
 * The file form of a {@link RunSpec}: complete JSON, pretty, keys in a fixed order. Files of older layouts are migrated
 * when read, forever.
 */
public final class RunSpecs {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /**
     * Entry i turns layout i + 1 into layout i + 2. A new setting needs a new layout whose migration writes down the
     * value that old runs had in effect; the golden files of every layout prove it.
     */
    private static final List<UnaryOperator<ObjectNode>> MIGRATIONS = List.of(
            root -> with(root, Map.of("checkpoint.keep_last", 0, "checkpoint.best_by", "none",
                    "early_stopping.patience", 0)),
            root -> with(root, Map.of("reference.cache", false)),
            root -> with(root, Map.of("lora.rank", 0, "lora.alpha", 16, "lora.dropout", 0, "lora.target_modules",
                    "all-linear", "evaluation.kl_prompts", 0, "compute.recompute", false)),
            RunSpecs::truncationPerSide);

    private static final Set<String> KEYS = Set.of("version", "name", "dataset", "evaluation", "model", "reference",
            "objective", "hyper", "settings");

    private RunSpecs() {
    }

    /** The spec as JSON, ending in a line feed; equal specs give equal texts. */
    public static String toJson(RunSpec spec) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", spec.version());
        root.put("name", spec.name());
        root.set("dataset", datasetNode(spec.dataset()));
        root.set("evaluation", spec.evaluation().<JsonNode>map(RunSpecs::datasetNode).orElse(root.nullNode()));
        root.put("model", spec.model());
        root.put("reference", spec.reference().orElse(null));
        root.put("objective", spec.objective());
        root.set("hyper", valuesNode(spec.hyper()));
        root.set("settings", valuesNode(spec.settings()));
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withObjectIndenter(new DefaultIndenter("  ", "\n"));
        try {
            return JSON.writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot be written", e);
        }
    }

    private static ObjectNode datasetNode(DatasetVersionId id) {
        return JSON.createObjectNode().put("dataset", id.dataset()).put("version", id.version())
                .put("sha256", id.sha256());
    }

    /** A number left to the program is written as its word. */
    private static JsonNode number(Param.OfDouble param, double value) {
        return Double.isNaN(value)
                ? JSON.getNodeFactory().textNode(param.format(value))
                : JSON.getNodeFactory().numberNode(value);
    }

    private static ObjectNode valuesNode(ParamValues values) {
        ObjectNode node = JSON.createObjectNode();
        for (Param<?> param : values.params()) {
            switch (param) {
                case Param.OfDouble p -> node.set(p.id(), number(p, values.get(p)));
                case Param.OfInt p -> node.put(p.id(), values.get(p));
                case Param.OfBoolean p -> node.put(p.id(), values.get(p));
                case Param.OfChoice p -> node.put(p.id(), values.get(p));
                case Param.OfText p -> node.put(p.id(), values.get(p));
            }
        }
        return node;
    }

    /**
     * Reads a spec of this or any older layout.
     *
     * @throws TrainException
     *             if the text is not such JSON, is of a newer layout, or lacks or misnames a setting
     */
    public static RunSpec fromJson(String json) {
        return fromJson(json, Objectives::find);
    }

    static RunSpec fromJson(String json, Function<String, Optional<ObjectiveType<?>>> catalogue) {
        ObjectNode root = migrated(parse(json));
        requireKeys(root);
        String objective = text(root, "objective");
        ObjectiveType<?> type = catalogue.apply(objective)
                .orElseThrow(() -> new TrainException("run file: there is no objective \"" + objective + "\""));
        return new RunSpec(RunSpec.CURRENT_VERSION, text(root, "name"), dataset(root.get("dataset"), "dataset"),
                root.get("evaluation").isNull()
                        ? Optional.empty()
                        : Optional.of(dataset(root.get("evaluation"), "evaluation")),
                text(root, "model"),
                root.get("reference").isNull() ? Optional.empty() : Optional.of(text(root, "reference")), type.id(),
                values(type.params(), root.get("hyper"), "hyper"),
                values(TrainSettings.ALL, root.get("settings"), "settings"));
    }

    private static ObjectNode parse(String json) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new TrainException("run file: not JSON: " + e.getOriginalMessage() + " in line "
                    + e.getLocation().getLineNr(), e);
        }
        throw new TrainException("run file: expected one JSON object");
    }

    private static ObjectNode migrated(ObjectNode root) {
        int version = root.path("version").asInt(0);
        if (version < 1 || version > RunSpec.CURRENT_VERSION) {
            throw new TrainException("run file: version " + root.path("version").asText("missing")
                    + " cannot be read; this program reads 1 to " + RunSpec.CURRENT_VERSION);
        }
        ObjectNode current = root;
        for (int from = version; from < RunSpec.CURRENT_VERSION; from++) {
            current = MIGRATIONS.get(from - 1).apply(current);
        }
        return current;
    }

    /** The settings that a layout added, with what earlier runs had in effect. */
    private static ObjectNode with(ObjectNode root, Map<String, Object> added) {
        if (root.path("settings") instanceof ObjectNode settings) {
            added.forEach((name, value) -> settings.set(name, JSON.valueToTree(value)));
        }
        return root.put("version", root.path("version").asInt() + 1);
    }

    /** One setting said what became of rows that were too long. */
    private static ObjectNode truncationPerSide(ObjectNode root) {
        if (root.path("settings") instanceof ObjectNode settings && settings.has("data.truncation")) {
            Map<String, String> former = Map.of("data.truncation", settings.remove("data.truncation").asText());
            FormerSettings.current(former).forEach(settings::put);
        }
        return with(root, Map.of("data.max_completion_length", 0));
    }

    private static void requireKeys(ObjectNode root) {
        List<String> problems = new ArrayList<>();
        KEYS.stream().sorted().filter(key -> !root.has(key)).forEach(key -> problems.add(key + " is missing"));
        root.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                problems.add(key + " is unknown");
            }
        });
        if (!problems.isEmpty()) {
            throw new TrainException("run file: " + String.join(", ", problems));
        }
    }

    private static String text(JsonNode object, String key) {
        JsonNode node = object.path(key);
        if (!node.isTextual()) {
            throw new TrainException("run file: " + key + " must be text, not " + node);
        }
        return node.textValue();
    }

    private static DatasetVersionId dataset(JsonNode node, String key) {
        if (!node.path("version").isInt()) {
            throw new TrainException("run file: " + key + " must be {dataset, version, sha256}, not " + node);
        }
        return new DatasetVersionId(text(node, "dataset"), node.get("version").intValue(), text(node, "sha256"));
    }

    private static ParamValues values(List<Param<?>> params, JsonNode node, String key) {
        Map<String, String> given = new LinkedHashMap<>();
        node.properties().forEach(entry -> given.put(entry.getKey(), entry.getValue().asText()));
        List<String> missing = params.stream().map(Param::id).filter(id -> !given.containsKey(id)).toList();
        if (!missing.isEmpty()) {
            throw new TrainException("run file: " + key + " lacks " + String.join(", ", missing)
                    + "; a run file states every setting");
        }
        try {
            return ParamValues.parse(params, given);
        } catch (ParamException e) {
            throw new TrainException("run file: " + key + ": " + e.getMessage(), e);
        }
    }
}
