package preflab.engine.model;

import java.util.List;

/** Qwen 2 and 2.5 (biases on queries, keys, values) and Qwen 3 (queries and keys normed). */
final class QwenFamily implements Family {

    @Override
    public List<String> types() {
        return List.of("qwen2", "qwen3");
    }

    @Override
    public ModelConfig read(ConfigJson json) {
        boolean third = json.type().equals("qwen3");
        int heads = json.integer("num_attention_heads");
        int headDim = json.integer("head_dim", third ? 128 : json.integer("hidden_size") / heads);
        Rope rope = json.rope(headDim, json.real("rope_theta", 10_000), 1);
        boolean biased = third && json.flag("attention_bias", false);
        json.refuse(json.activation("hidden_act", "silu") != Architecture.Activation.SILU,
                "hidden_act \"" + json.text("hidden_act", "") + "\"", "silu");
        Architecture qwen = Architecture.llama(rope)
                .with(new Architecture.Biases(!third || biased, biased, false, false))
                .with(attention(json, rope, third));
        return Family.sized(json, heads, json.integer("num_key_value_heads", 32), headDim,
                json.real("rms_norm_eps", 1e-6), json.flag("tie_word_embeddings", false), qwen);
    }

    private static Architecture.Attention attention(ConfigJson json, Rope rope, boolean third) {
        boolean windowed = json.flag("use_sliding_window", false);
        int first = json.integer("max_window_layers", 28);
        return new Architecture.Attention(third, 0, 0, windowed ? json.integer("sliding_window", 4096) : 0,
                windowed ? json.windowed(json.integer("num_hidden_layers"), i -> i >= first) : List.of(), rope, rope,
                List.of());
    }
}
