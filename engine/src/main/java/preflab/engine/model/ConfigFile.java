package preflab.engine.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import preflab.engine.batch.ModelException;

/** {@code config.json} and {@code generation_config.json}, read strictly: what is not computed is refused by name. */
final class ConfigFile {

    private static final ObjectMapper JSON = new ObjectMapper();
    private ConfigFile() {
    }

    static ModelConfig read(Path file) {
        ConfigJson json = new ConfigJson(file, parse(file));
        json.refuse(json.has("quantization_config") && !json.text("quantization_config", "x").equals("x"),
                "quantization_config (quantized weights)", "float32, float16 and bfloat16 weights");
        Family family = Family.ALL.stream().filter(each -> each.types().contains(json.type())).findFirst()
                .orElseThrow(() -> json.problem("model_type \"" + json.type() + "\" is not supported; supported are "
                        + String.join(", ", Family.ALL.stream().flatMap(each -> each.types().stream()).toList())));
        try {
            return family.read(json);
        } catch (ModelException e) {
            throw e.getMessage().startsWith(file.toString()) ? e : new ModelException(file + ": " + e.getMessage(), e);
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

    /**
     * Writes {@code config.json} and {@code generation_config.json}: those of the folder the model came from, where it
     * has them, since they say more than is computed here; else anew, which a Llama alone can do.
     */
    static void write(Path folder, ModelConfig config, Path source) throws IOException {
        Path from = source.resolve("config.json");
        if (Files.isRegularFile(from) && read(from).equals(config)) {
            ObjectNode json = (ObjectNode) parse(from);
            json.remove("dtype");
            json.put("torch_dtype", "float32");
            JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve("config.json").toFile(), json);
        } else if (config.architecture().isLlama()) {
            write(folder, config);
        } else {
            throw new ModelException("a " + config.modelType() + " model is written with the config.json it came with; "
                    + source + " has none that fits");
        }
        Path generation = source.resolve("generation_config.json");
        if (Files.isRegularFile(generation)) {
            Files.copy(generation, folder.resolve("generation_config.json"));
        } else {
            ObjectNode ids = JSON.createObjectNode();
            putIds(ids, config);
            JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve("generation_config.json").toFile(), ids);
        }
    }

    private static void write(Path folder, ModelConfig config) throws IOException {
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
                .put("attention_bias", false).put("mlp_bias", false)
                .put("tie_word_embeddings", config.tiedEmbeddings());
        putScaling(json, config.architecture().attention().rope().scaling());
        if ("mistral".equals(config.modelType())) {
            json.putNull("sliding_window"); // absent, transformers would take 4096
        }
        putIds(json, config);
        json.put("torch_dtype", "float32");
        JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve("config.json").toFile(), json);
    }

    private static void putScaling(ObjectNode json, Rope.Scaling scaling) {
        switch (scaling) {
            case Rope.Scaling.None none -> json.putNull("rope_scaling");
            case Rope.Scaling.Linear linear -> json.putObject("rope_scaling").put("rope_type", "linear").put("factor",
                    linear.factor());
            case Rope.Scaling.Llama3 llama -> json.putObject("rope_scaling").put("rope_type", "llama3")
                    .put("factor", llama.factor()).put("low_freq_factor", llama.low())
                    .put("high_freq_factor", llama.high())
                    .put("original_max_position_embeddings", (int) llama.positions());
        }
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
