package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import preflab.engine.batch.ModelException;

/** An adapter in PEFT's layout: {@code adapter_config.json} and {@code adapter_model.safetensors}. */
public final class PeftFolder {

    /** Where a checkpoint keeps the adapter that its weights are merged with. */
    public static final String NAME = "adapter";

    static final String CONFIG = "adapter_config.json";
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PeftFolder() {
    }

    /** Whether there is an adapter. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(CONFIG));
    }

    /**
     * Writes an adapter into a folder, which is made if missing.
     *
     * @param base
     *            the model it adapts, as {@code base_model_name_or_path}
     */
    public static void write(Path folder, LoraAdapter adapter, String base) {
        ObjectNode json = JSON.createObjectNode();
        json.put("base_model_name_or_path", base).put("peft_type", "LORA").put("task_type", "CAUSAL_LM")
                .put("r", adapter.settings().rank()).put("lora_alpha", adapter.settings().alpha())
                .put("lora_dropout", adapter.settings().dropout());
        adapter.targetNames().forEach(json.putArray("target_modules")::add);
        json.put("bias", "none").put("fan_in_fan_out", adapter.transposed()).put("inference_mode", true)
                .put("init_lora_weights", true).put("use_rslora", false).put("use_dora", false)
                .putNull("modules_to_save");
        Map<String, NDArray> weights = new LinkedHashMap<>();
        adapter.parameters().forEach((name, array) -> weights.put(PREFIX + name, array));
        try {
            Files.createDirectories(folder);
            JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve(CONFIG).toFile(), json);
            SafeTensors.write(folder.resolve(WEIGHTS), weights);
        } catch (IOException e) {
            throw new ModelException("cannot write " + folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads an adapter of a model of this shape. Not trainable until told so.
     *
     * @throws ModelException
     *             naming what cannot be read, or does not fit the model
     */
    public static LoraAdapter read(Path folder, ModelConfig config, NDManager manager, Precision precision) {
        JsonNode json = ConfigFile.parse(folder.resolve(CONFIG));
        LoraSettings settings = settings(folder.resolve(CONFIG), json);
        Map<String, Shape> shapes = LoraAdapter.shapes(config, settings);
        SafeTensors file = SafeTensors.open(folder.resolve(WEIGHTS));
        requireShapes(file, shapes);
        Map<String, NDArray> parameters = new LinkedHashMap<>();
        Map<String, NDArray> read = file.read(shapes.keySet().stream().map(PREFIX::concat).toList(), manager,
                precision.weightType());
        read.forEach((name, array) -> parameters.put(name.substring(PREFIX.length()), array));
        return LoraAdapter.of(config, settings, parameters);
    }

    private static LoraSettings settings(Path file, JsonNode json) {
        require(file, json.path("peft_type").asText().equals("LORA"), "peft_type " + json.path("peft_type"), "LORA");
        require(file, json.path("bias").asText("none").equals("none"), "bias " + json.path("bias"), "none");
        require(file, !json.path("use_dora").asBoolean(), "use_dora true", "false");
        for (String more : new String[]{"modules_to_save", "rank_pattern", "alpha_pattern", "layers_to_transform"}) {
            require(file, json.path(more).isEmpty() && !json.path(more).isNumber(), more + " " + json.path(more),
                    "nothing");
        }
        int rank = json.path("r").asInt();
        double alpha = json.path("lora_alpha").asDouble(8); // PEFT's default
        boolean byRoot = json.path("use_rslora").asBoolean(); // α/√r in place of α/r
        return new LoraSettings(rank, byRoot ? alpha * Math.sqrt((double) rank) : alpha,
                json.path("lora_dropout").asDouble(0), targets(file, json.path("target_modules")));
    }

    private static String targets(Path file, JsonNode node) {
        if (node.isTextual() && node.asText().equals(LoraSettings.ALL)) {
            return LoraSettings.ALL;
        }
        require(file, node.isArray() && !node.isEmpty(), "target_modules " + node,
                "a list of names, or \"" + LoraSettings.ALL + "\"");
        TreeSet<String> names = new TreeSet<>();
        node.forEach(name -> names.add(LoraSettings.lastName(name.asText())));
        return String.join(",", names);
    }

    private static void require(Path file, boolean holds, String what, String allowed) {
        if (!holds) {
            throw new ModelException(file + " has " + what + ", which is not supported; allowed: " + allowed);
        }
    }

    private static void requireShapes(SafeTensors file, Map<String, Shape> shapes) {
        shapes.forEach((name, shape) -> {
            SafeTensors.Entry entry = file.entries().get(PREFIX + name);
            if (entry == null) {
                throw new ModelException(file.file() + " lacks " + PREFIX + name + ", which " + CONFIG + " calls for");
            }
            if (!entry.shape().equals(shape)) {
                throw new ModelException(file.file() + ": " + PREFIX + name + " has shape " + entry.shape()
                        + ", the model calls for " + shape);
            }
            file.requireReadable(entry);
        });
        file.entries().keySet().stream().filter(
                name -> !name.startsWith(PREFIX) || !shapes.containsKey(name.substring(PREFIX.length()))).findFirst()
                .ifPresent(name -> {
                    throw new ModelException(file.file() + " holds " + name + ", which belongs to no adapted matrix");
                });
    }
}
