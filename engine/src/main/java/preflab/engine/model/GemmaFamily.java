package preflab.engine.model;

import java.util.List;

/**
 * Gemma 1 to 3, text only: norms kept less 1, scaled embeddings, GELU gates; from 2 on norms behind attention and
 * feed-forward, windowed layers between the others, and (2) capped scores or (3) normed queries and keys.
 */
final class GemmaFamily implements Family {

    private static final Layout OUTER = new Layout(Layout.LLAMA.embedding(), "", Layout.LLAMA.layer(),
            "input_layernorm", Layout.LLAMA.queryKeyValue(), Layout.LLAMA.output(), "pre_feedforward_layernorm",
            Layout.LLAMA.inputs(), Layout.LLAMA.down(),
            List.of("post_attention_layernorm", "post_feedforward_layernorm"), Layout.LLAMA.finalNorm(),
            Layout.LLAMA.head(), false, Layout.Order.STACKED);

    @Override
    public List<String> types() {
        return List.of("gemma", "gemma2", "gemma3_text");
    }

    @Override
    public ModelConfig read(ConfigJson json) {
        int heads = json.integer("num_attention_heads");
        int headDim = json.integer("head_dim", 256);
        boolean first = json.type().equals("gemma");
        boolean third = json.type().equals("gemma3_text");
        json.refuse(json.flag("use_bidirectional_attention", false), "use_bidirectional_attention true", "false");
        // decision: Gemma 1 files say "gelu" and mean its approximation, as transformers reads them
        String act = json.text("hidden_activation", "gelu_pytorch_tanh");
        json.refuse(!act.equals("gelu_pytorch_tanh"), "hidden_activation \"" + act + "\"", "gelu_pytorch_tanh");
        Rope rope = json.rope(headDim, json.real("rope_theta", third ? 1_000_000 : 10_000), 1);
        boolean biased = json.flag("attention_bias", false);
        Architecture gemma = new Architecture(first ? Layout.LLAMA : OUTER, Architecture.Norm.RMS_PLUS_ONE,
                new Architecture.FeedForward(Architecture.Activation.GELU_TANH, true),
                first ? Architecture.Attention.of(rope) : attention(json, rope, headDim, third), true,
                new Architecture.Biases(biased, biased, false, false),
                Math.sqrt((double) json.integer("hidden_size")),
                first ? 0 : json.real("final_logit_softcapping", third ? 0 : 30));
        return Family.sized(json, heads, json.integer("num_key_value_heads", first ? 16 : 4), headDim,
                json.real("rms_norm_eps", 1e-6), json.flag("tie_word_embeddings", true), gemma);
    }

    private static Architecture.Attention attention(ConfigJson json, Rope rope, int headDim, boolean third) {
        int pattern = third ? json.integer("sliding_window_pattern", 6) : 2; // the last of so many sees everything
        List<Boolean> windowed = json.windowed(json.integer("num_hidden_layers"), i -> (i + 1) % pattern != 0);
        Rope local = third ? json.localRope(headDim, json.real("rope_local_base_freq", 10_000)) : rope;
        return new Architecture.Attention(third, 1 / Math.sqrt(json.real("query_pre_attn_scalar", 256)),
                json.real("attn_logit_softcapping", third ? 0 : 50), json.integer("sliding_window", 4096), windowed,
                rope, local, List.of());
    }
}
