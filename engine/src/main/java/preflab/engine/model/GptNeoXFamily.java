package preflab.engine.model;

import java.util.List;

/** GPT-NeoX (Black et al. 2022) and Pythia: LayerNorm, a quarter of each head turned, attention beside feed-forward. */
final class GptNeoXFamily implements Family {

    private static final Layout LAYOUT = new Layout("gpt_neox.embed_in", "", "gpt_neox.layers.", "input_layernorm",
            List.of("attention.query_key_value"), "attention.dense", "post_attention_layernorm",
            List.of("mlp.dense_h_to_4h"), "mlp.dense_4h_to_h", List.of(), "gpt_neox.final_layer_norm", "embed_out",
            false, Layout.Order.BY_HEAD);

    @Override
    public List<String> types() {
        return List.of("gpt_neox");
    }

    @Override
    public ModelConfig read(ConfigJson json) {
        int heads = json.integer("num_attention_heads");
        int headDim = json.integer("hidden_size") / heads;
        Rope rope = json.rope(headDim, json.real("rope_theta", json.real("rotary_emb_base", 10_000)),
                json.real("partial_rotary_factor", json.real("rotary_pct", 0.25)));
        boolean biased = json.flag("attention_bias", true);
        Architecture neox = new Architecture(LAYOUT, Architecture.Norm.LAYER,
                new Architecture.FeedForward(json.activation("hidden_act", "gelu"), false),
                Architecture.Attention.of(rope), !json.flag("use_parallel_residual", true),
                new Architecture.Biases(biased, biased, true, false), 1, 0);
        return Family.sized(json, heads, heads, headDim, json.real("layer_norm_eps", 1e-5),
                json.flag("tie_word_embeddings", false), neox);
    }
}
