package preflab.engine.model;

import java.util.List;

/**
 * What a family calls its parameters and how it lays them out. Names of a layer are without its prefix and number, and
 * all are without {@code .weight} or {@code .bias}; an empty name is a part the family does not have.
 *
 * @param positions
 *            learned positions
 * @param layer
 *            what stands before the layer's number
 * @param queryKeyValue
 *            three matrices, or one that holds all, see {@code order}
 * @param feedForwardNorm
 *            empty where the attention's norm serves both
 * @param inputs
 *            gate and up; or both in one; or the one of a feed-forward without a gate
 * @param outerNorms
 *            norms of what attention and feed-forward give, before it is added; empty or two
 * @param transposed
 *            whether matrices are stored [in, out]
 * @param order
 *            how a single matrix of queries, keys and values is ordered
 */
record Layout(String embedding, String positions, String layer, String attentionNorm, List<String> queryKeyValue,
        String output, String feedForwardNorm, List<String> inputs, String down, List<String> outerNorms,
        String finalNorm, String head, boolean transposed, Order order) {

    /** Rows of a matrix that holds queries, keys and values. */
    enum Order {
        /** All queries, all keys, all values. */
        STACKED,
        /** For each head its query, key and value. */
        BY_HEAD
    }

    static final String QUERY_NORM = "self_attn.q_norm";
    static final String KEY_NORM = "self_attn.k_norm";

    static final Layout LLAMA = new Layout("model.embed_tokens", "", "model.layers.", "input_layernorm",
            List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"), "self_attn.o_proj",
            "post_attention_layernorm", List.of("mlp.gate_proj", "mlp.up_proj"), "mlp.down_proj", List.of(),
            "model.norm", "lm_head", false, Order.STACKED);

    /** A parameter of a layer, with its ending. */
    String of(int index, String name, String ending) {
        return layer + index + "." + name + ending;
    }

    String weight(int index, String name) {
        return of(index, name, ".weight");
    }

    String bias(int index, String name) {
        return of(index, name, ".bias");
    }

    /** What stands before all names but the head's; some files leave it out. */
    String prefix() {
        return embedding.substring(0, embedding.indexOf('.') + 1);
    }
}
