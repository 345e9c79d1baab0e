package preflab.engine.model;

import java.util.Collections;
import java.util.List;

/** Phi 1 to 2 (one LayerNorm for attention and feed-forward side by side, biases everywhere) and Phi 3 (Llama, joined). */
final class PhiFamily implements Family {

    private static final Layout SECOND = new Layout("model.embed_tokens", "", "model.layers.", "input_layernorm",
            Layout.LLAMA.queryKeyValue(), "self_attn.dense", "", List.of("mlp.fc1"), "mlp.fc2", List.of(),
            "model.final_layernorm", "lm_head", false, Layout.Order.STACKED);
    private static final Layout THIRD = new Layout("model.embed_tokens", "", "model.layers.", "input_layernorm",
            List.of("self_attn.qkv_proj"), "self_attn.o_proj", "post_attention_layernorm", List.of("mlp.gate_up_proj"),
            "mlp.down_proj", List.of(), "model.norm", "lm_head", false, Layout.Order.STACKED);

    @Override
    public List<String> types() {
        return List.of("phi", "phi3");
    }

    @Override
    public ModelConfig read(ConfigJson json) {
        int heads = json.integer("num_attention_heads");
        int headDim = json.integer("hidden_size") / heads;
        boolean third = json.type().equals("phi3");
        Rope rope = json.rope(headDim, json.real("rope_theta", 10_000),
                json.real("partial_rotary_factor", third ? 1 : 0.5));
        json.refuse(json.flag("qk_layernorm", false), "qk_layernorm true", "false");
        Architecture.Attention attention = third ? windowed(json, rope) : Architecture.Attention.of(rope);
        Architecture phi = new Architecture(third ? THIRD : SECOND,
                third ? Architecture.Norm.RMS : Architecture.Norm.LAYER,
                new Architecture.FeedForward(json.activation("hidden_act", third ? "silu" : "gelu_new"), third),
                attention, third,
                third ? Architecture.Biases.NONE : new Architecture.Biases(true, true, true, true), 1, 0);
        return Family.sized(json, heads, json.integer("num_key_value_heads", heads), headDim,
                json.real(third ? "rms_norm_eps" : "layer_norm_eps", 1e-5), json.flag("tie_word_embeddings", false),
                phi);
    }

    private static Architecture.Attention windowed(ConfigJson json, Rope rope) {
        int window = json.integer("sliding_window", Integer.MAX_VALUE);
        boolean narrow = window < json.integer("max_position_embeddings", 2048);
        return new Architecture.Attention(false, 0, 0, narrow ? window : 0,
                narrow ? Collections.nCopies(json.integer("num_hidden_layers"), true) : List.of(), rope, rope,
                List.of());
    }
}
