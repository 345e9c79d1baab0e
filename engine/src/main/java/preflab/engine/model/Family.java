package preflab.engine.model;

import java.util.List;

/** How one line of models says in {@code config.json} what it computes. */
interface Family {

    /** All that can be read. */
    List<Family> ALL = List.of(new LlamaFamily(), new QwenFamily(), new GptNeoXFamily(), new Gpt2Family(),
            new GemmaFamily(), new PhiFamily());

    /** The {@code model_type}s. */
    List<String> types();

    /** Reads a config of one of those types. */
    ModelConfig read(ConfigJson json);

    /** Sizes under the names most families use. */
    static ModelConfig sized(ConfigJson json, int heads, int groups, int headDim, double eps, boolean tied,
            Architecture architecture) {
        return new ModelConfig(json.type(), json.integer("vocab_size"), json.integer("hidden_size"),
                json.integer("intermediate_size"), json.integer("num_hidden_layers"), heads, groups, headDim,
                json.integer("max_position_embeddings", 2048), eps, architecture.attention().rope().theta(), tied,
                json.firstId("bos_token_id"), json.firstId("eos_token_id"), architecture);
    }
}
