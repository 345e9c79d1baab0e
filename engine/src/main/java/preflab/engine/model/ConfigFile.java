package preflab.engine.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import preflab.engine.batch.ModelException;

/** {@code config.json} and {@code generation_config.json}, read strictly: what is not computed is refused by name. */
final class ConfigFile {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Families whose computation is the one of {@link LlamaPolicy}. */
    private static final List<String> FAMILIES = List.of("llama", "mistral");

    private ConfigFile() {
    }

    static ModelConfig read(Path file) {
        JsonNode json = parse(file);
        String family = json.path("model_type").asText("");
        if (!FAMILIES.contains(family)) {
            throw new ModelException(file + ": model_type \"" + family + "\" is not supported; supported are "
                    + String.join(", ", FAMILIES));
        }
        refuseWhatIsNotComputed(file, json);
        int heads = integer(file, json, "num_attention_heads");
        int hidden = integer(file, json, "hidden_size");
        try {
            return new ModelConfig(family, integer(file, json, "vocab_size"), hidden,
                    integer(file, json, "intermediate_size"), integer(file, json, "num_hidden_layers"), heads,
                    optional(json, "num_key_value_heads", heads), optional(json, "head_dim", hidden / heads),
                    optional(json, "max_position_embeddings", 2048), json.path("rms_norm_eps").asDouble(1e-6),
                    ropeTheta(json), json.path("tie_word_embeddings").asBoolean(false), firstId(json, "bos_token_id"),
                    firstId(json, "eos_token_id"));
        } catch (ModelException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        }
    }

    static JsonNode parse(Path file) {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            if (json == null || !json.isObject()) {
                throw new ModelException(file + " holds no JSON object");
            }
            return json;
        } catch (NoSuchFileException e) {
            throw new ModelException(file.toAbsolutePath().getParent() + " is no model folder: it has no "
                    + file.getFileName(), e);
        } catch (JsonProcessingException e) {
            throw new ModelException(file + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModelException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void refuseWhatIsNotComputed(Path file, JsonNode json) {
        String activation = json.path("hidden_act").asText("silu");
        refuse(file, !"silu".equals(activation), "hidden_act \"" + activation + "\"", "silu");
        refuse(file, json.path("attention_bias").asBoolean(false), "attention_bias true", "false");
        refuse(file, json.path("mlp_bias").asBoolean(false), "mlp_bias true", "false");
        refuse(file, json.hasNonNull("quantization_config"), "quantization_config (quantized weights)",
                "float32, float16 and bfloat16 weights");
        for (String key : List.of("rope_scaling", "rope_parameters")) {
            JsonNode rope = json.path(key);
            String type = rope.path("rope_type").asText(rope.path("type").asText("default"));
            refuse(file, !"default".equals(type), key + " of type \"" + type + "\"", "unscaled rotary positions");
        }
        boolean windowed = "mistral".equals(json.path("model_type").asText()) && !json.has("sliding_window");
        int window = optional(json, "sliding_window", windowed ? 4096 : Integer.MAX_VALUE); // transformers' default
        refuse(file, window < optional(json, "max_position_embeddings", 2048), "sliding_window " + window,
                "attention to the whole sequence");
    }

    private static void refuse(Path file, boolean found, String what, String allowed) {
        if (found) {
            throw new ModelException(file + ": " + what + " is not supported; supported is " + allowed);
        }
    }

    private static int integer(Path file, JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.isInt() || value.intValue() <= 0) {
            throw new ModelException(file + ": " + key + " must be a whole number above 0, not "
                    + (value.isMissingNode() ? "missing" : value));
        }
        return value.intValue();
    }

    private static int optional(JsonNode json, String key, int otherwise) {
        return json.hasNonNull(key) ? json.get(key).asInt() : otherwise;
    }

    private static double ropeTheta(JsonNode json) {
        return json.path("rope_theta").asDouble(json.path("rope_parameters").path("rope_theta").asDouble(10_000));
    }

    /** Some models name several ends; the first is the one that training appends. */
    private static int firstId(JsonNode json, String key) {
        JsonNode value = json.path(key);
        return value.isArray() ? value.path(0).asInt(-1) : value.asInt(-1);
    }

    static void write(Path folder, ModelConfig config) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.putArray("architectures").add("mistral".equals(config.modelType())
                ? "MistralForCausalLM"
                : "LlamaForCausalLM");
        json.put("model_type", config.modelType()).put("vocab_size", config.vocabSize())
                .put("hidden_size", config.hiddenSize()).put("intermediate_size", config.intermediateSize())
                .put("num_hidden_layers", config.layers()).put("num_attention_heads", config.heads())
                .put("num_key_value_heads", config.keyValueHeads()).put("head_dim", config.headDim())
                .put("hidden_act", "silu").put("max_position_embeddings", config.maxPositions())
                .put("rms_norm_eps", config.rmsNormEps()).put("rope_theta", config.ropeTheta())
                .putNull("rope_scaling").put("attention_bias", false).put("mlp_bias", false)
                .put("tie_word_embeddings", config.tiedEmbeddings());
        if ("mistral".equals(config.modelType())) {
            json.putNull("sliding_window"); // absent, transformers would take 4096
        }
        putIds(json, config);
        json.put("torch_dtype", "float32");
        JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve("config.json").toFile(), json);
        ObjectNode generation = JSON.createObjectNode();
        putIds(generation, config);
        JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve("generation_config.json").toFile(), generation);
    }

    private static void putIds(ObjectNode json, ModelConfig config) {
        if (config.bosTokenId() >= 0) {
            json.put("bos_token_id", config.bosTokenId());
        }
        if (config.eosTokenId() >= 0) {
            json.put("eos_token_id", config.eosTokenId());
        }
    }
}
