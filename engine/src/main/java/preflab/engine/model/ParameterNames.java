package preflab.engine.model;

/** What Hugging Face calls the parameters of one decoder layer. */
record ParameterNames(String attentionNorm, String query, String key, String value, String output,
        String feedForwardNorm, String gate, String up, String down) {

    static final String EMBEDDING = "model.embed_tokens.weight";
    static final String FINAL_NORM = "model.norm.weight";
    static final String HEAD = "lm_head.weight";

    static ParameterNames ofLayer(int index) {
        String layer = "model.layers." + index + ".";
        return new ParameterNames(layer + "input_layernorm.weight", layer + "self_attn.q_proj.weight",
                layer + "self_attn.k_proj.weight", layer + "self_attn.v_proj.weight",
                layer + "self_attn.o_proj.weight", layer + "post_attention_layernorm.weight",
                layer + "mlp.gate_proj.weight", layer + "mlp.up_proj.weight", layer + "mlp.down_proj.weight");
    }
}
