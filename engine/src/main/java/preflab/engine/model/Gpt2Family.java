package preflab.engine.model;

import java.util.List;

/** GPT-2 (Radford et al. 2019): learned positions, LayerNorm, matrices stored [in, out]. */
final class Gpt2Family implements Family {

    private static final Layout LAYOUT = new Layout("transformer.wte", "transformer.wpe", "transformer.h.", "ln_1",
            List.of("attn.c_attn"), "attn.c_proj", "ln_2", List.of("mlp.c_fc"), "mlp.c_proj", List.of(),
            "transformer.ln_f", "lm_head", true, Layout.Order.STACKED);

    @Override
    public List<String> types() {
        return List.of("gpt2");
    }

    @Override
    public ModelConfig read(ConfigJson json) {
        json.refuse(json.flag("scale_attn_by_inverse_layer_idx", false), "scale_attn_by_inverse_layer_idx true",
                "false");
        json.refuse(!json.flag("scale_attn_weights", true), "scale_attn_weights false", "true");
        json.refuse(json.flag("add_cross_attention", false), "add_cross_attention true", "false");
        int width = json.integer("n_embd");
        int heads = json.integer("n_head");
        Architecture gpt2 = new Architecture(LAYOUT, Architecture.Norm.LAYER,
                new Architecture.FeedForward(json.activation("activation_function", "gelu_new"), false),
                Architecture.Attention.of(new Rope(1, 0, Rope.UNSCALED)), true, Architecture.Biases.ALL_BUT_HEAD, 1,
                0);
        return new ModelConfig(json.type(), json.integer("vocab_size"), width, json.integer("n_inner", 4 * width),
                json.integer("n_layer"), heads, heads, width / heads, json.integer("n_positions", 1024),
                json.real("layer_norm_epsilon", 1e-5), 1, json.flag("tie_word_embeddings", true),
                json.firstId("bos_token_id"), json.firstId("eos_token_id"), gpt2);
    }
}
