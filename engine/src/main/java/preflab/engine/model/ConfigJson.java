package preflab.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import preflab.engine.batch.ModelException;

/** A {@code config.json} being read: what a family computes is taken, what it does not compute is refused by name. */
final class ConfigJson {

    private final Path file;
    private final JsonNode json;

    ConfigJson(Path file, JsonNode json) {
        this.file = file;
        this.json = json;
    }

    String type() {
        return json.path("model_type").asText("");
    }

    int integer(String key) {
        JsonNode value = json.path(key);
        if (!value.isInt() || value.intValue() <= 0) {
            throw problem(key + " must be a whole number above 0, not " + (value.isMissingNode() ? "missing" : value));
        }
        return value.intValue();
    }

    int integer(String key, int otherwise) {
        return json.hasNonNull(key) ? json.get(key).asInt() : otherwise;
    }

    double real(String key, double otherwise) {
        return json.hasNonNull(key) ? json.get(key).asDouble() : otherwise;
    }

    boolean flag(String key, boolean otherwise) {
        return json.hasNonNull(key) ? json.get(key).asBoolean() : otherwise;
    }

    String text(String key, String otherwise) {
        return json.hasNonNull(key) ? json.get(key).asText() : otherwise;
    }

    boolean has(String key) {
        return json.has(key);
    }

    /** A list of whole numbers; empty if there is none. */
    List<Integer> integers(String key) {
        List<Integer> numbers = new ArrayList<>();
        json.path(key).forEach(number -> numbers.add(number.asInt()));
        return numbers;
    }

    /** Some models name several; the first is the one that training appends. */
    int firstId(String key) {
        JsonNode value = json.path(key);
        return value.isArray() ? value.path(0).asInt(-1) : value.asInt(-1);
    }

    ModelException problem(String what) {
        return new ModelException(file + ": " + what);
    }

    void refuse(boolean found, String what, String allowed) {
        if (found) {
            throw problem(what + " is not supported; supported is " + allowed);
        }
    }

    /** The activation, by any of the names it goes by. */
    Architecture.Activation activation(String key, String otherwise) {
        String name = text(key, otherwise);
        return switch (name) {
            case "silu", "swish" -> Architecture.Activation.SILU;
            case "gelu" -> Architecture.Activation.GELU;
            case "gelu_new", "gelu_pytorch_tanh", "gelu_fast" -> Architecture.Activation.GELU_TANH;
            default -> throw problem(key + " \"" + name + "\" is not supported; supported is silu, gelu, gelu_new,"
                    + " gelu_pytorch_tanh");
        };
    }

    /** Which layers see a window only: as listed, else by the family's own rule. */
    List<Boolean> windowed(int layers, IntPredicate otherwise) {
        List<Boolean> windowed = new ArrayList<>();
        JsonNode types = json.path("layer_types");
        for (int i = 0; i < layers; i++) {
            String type = types.path(i).asText("");
            refuse(types.isArray() && !List.of("full_attention", "sliding_attention").contains(type),
                    "layer_types with \"" + type + "\"", "full_attention and sliding_attention");
            windowed.add(types.isArray() ? type.equals("sliding_attention") : otherwise.test(i));
        }
        return windowed;
    }

    /** Rotary positions over the whole head, or over the share that the file names. */
    Rope rope(int headDim, double theta, double share) {
        JsonNode parameters = json.path("rope_parameters");
        return rope(headDim, theta, share, parameters.has("full_attention")
                ? parameters.path("full_attention")
                : parameters, json.path("rope_scaling"));
    }

    /** Those of windowed layers, where the file has them apart. */
    Rope localRope(int headDim, double theta) {
        return rope(headDim, theta, 1, json.path("rope_parameters").path("sliding_attention"), json.path("no scaling"));
    }

    private Rope rope(int headDim, double theta, double share, JsonNode parameters, JsonNode scaling) {
        double own = parameters.path("rope_theta").asDouble(theta);
        double part = parameters.path("partial_rotary_factor").asDouble(share);
        JsonNode scale = scaling.isObject() ? scaling : parameters;
        return new Rope(own, (int) (headDim * part), scaling(scale));
    }

    private Rope.Scaling scaling(JsonNode rope) {
        String type = rope.path("rope_type").asText(rope.path("type").asText("default"));
        return switch (type) {
            case "default" -> Rope.UNSCALED;
            case "linear" -> new Rope.Scaling.Linear(above0(rope, "factor"));
            case "llama3" -> new Rope.Scaling.Llama3(above0(rope, "factor"), above0(rope, "low_freq_factor"),
                    above0(rope, "high_freq_factor"), above0(rope, "original_max_position_embeddings"));
            default -> throw problem("rope_scaling of type \"" + type
                    + "\" is not supported; supported is default, linear, llama3");
        };
    }

    private double above0(JsonNode rope, String key) {
        double value = rope.path(key).asDouble(Double.NaN);
        if (!(value > 0)) {
            throw problem("rope_scaling needs " + key + " above 0, not " + rope.path(key));
        }
        return value;
    }
}
