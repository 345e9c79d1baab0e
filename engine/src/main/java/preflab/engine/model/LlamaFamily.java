package preflab.engine.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Llama 1 to 3, and all that calls itself so (DeepSeek-Math, SmolLM); Mistral's windows; SmolLM3's unturned layers. */
final class LlamaFamily implements Family {

    @Override
    public List<String> types() {
        return List.of("llama", "mistral", "smollm3");
    }

    @Override
    public ModelConfig read(ConfigJson json) {
        int heads = json.integer("num_attention_heads");
        int headDim = json.integer("head_dim", json.integer("hidden_size") / heads);
        boolean smol = json.type().equals("smollm3");
        Rope rope = json.rope(headDim, json.real("rope_theta", smol ? 2_000_000 : 10_000), 1);
        boolean biased = json.flag("attention_bias", false);
        Architecture llama = Architecture.llama(rope)
                .with(new Architecture.Biases(biased, biased, json.flag("mlp_bias", false), false))
                .with(attention(json, rope, smol));
        json.refuse(json.activation("hidden_act", "silu") != Architecture.Activation.SILU,
                "hidden_act \"" + json.text("hidden_act", "") + "\"", "silu");
        return Family.sized(json, heads, json.integer("num_key_value_heads", smol ? 4 : heads), headDim,
                json.real("rms_norm_eps", 1e-6), json.flag("tie_word_embeddings", smol), llama);
    }

    private static Architecture.Attention attention(ConfigJson json, Rope rope, boolean smol) {
        int layers = json.integer("num_hidden_layers");
        int window = window(json);
        // a window as wide as the model's positions is none
        boolean windowed = window < json.integer("max_position_embeddings", 2048);
        List<Boolean> by = smol
                ? json.windowed(layers, i -> false)
                : windowed ? Collections.nCopies(layers, true) : List.of();
        return new Architecture.Attention(false, 0, 0, windowed ? window : 0, by, rope, rope,
                smol ? unturned(json, layers) : List.of());
    }

    private static int window(ConfigJson json) {
        boolean mistral = json.type().equals("mistral");
        if (json.type().equals("llama")) {
            return Integer.MAX_VALUE;
        }
        boolean left = mistral && !json.has("sliding_window"); // transformers' default
        int window = json.integer("sliding_window", left ? 4096 : Integer.MAX_VALUE);
        return mistral || json.flag("use_sliding_window", false) ? window : Integer.MAX_VALUE;
    }

    /** Every so many layers one, unless listed (1: turned). */
    private static List<Integer> unturned(ConfigJson json, int layers) {
        int interval = json.integer("no_rope_layer_interval", 4);
        List<Integer> turned = json.integers("no_rope_layers");
        List<Integer> unturned = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            if (turned.isEmpty() ? (i + 1) % interval == 0 : i < turned.size() && turned.get(i) == 0) {
                unturned.add(i);
            }
        }
        return unturned;
    }
}
