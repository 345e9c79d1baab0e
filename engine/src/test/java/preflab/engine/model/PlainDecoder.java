package preflab.engine.model;

import static preflab.engine.model.PlainMath.each;
import static preflab.engine.model.PlainMath.part;
import static preflab.engine.model.PlainMath.sum;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * All families once more, number by number in double precision, from their published descriptions and without a line of
 * the program's own: slow, and meant to be read. Weights by the names their files use, matrices row by row.
 */
final class PlainDecoder {

    private final JsonNode config;
    private final Map<String, double[]> weights;
    private final String type;
    private final int heads;
    private final int groups;
    private final int width; // of a head
    private final int hidden;
    private final int layers;

    PlainDecoder(JsonNode config, Map<String, double[]> weights) {
        this.config = config;
        this.weights = weights;
        this.type = config.get("model_type").asText();
        boolean gpt2 = type.equals("gpt2");
        this.hidden = config.get(gpt2 ? "n_embd" : "hidden_size").asInt();
        this.heads = config.get(gpt2 ? "n_head" : "num_attention_heads").asInt();
        this.layers = config.get(gpt2 ? "n_layer" : "num_hidden_layers").asInt();
        this.groups = config.path("num_key_value_heads").asInt(heads);
        this.width = config.path("head_dim").asInt(hidden / heads);
    }

    /** Next-token logits after each of the tokens. */
    double[][] logits(int[] ids) {
        double[][] x = new double[ids.length][];
        for (int t = 0; t < ids.length; t++) {
            x[t] = embedded(ids[t], t);
        }
        for (int layer = 0; layer < layers; layer++) {
            x = switch (type) {
                case "gpt2" -> gpt2(x, "transformer.h." + layer + ".");
                case "gpt_neox" -> neox(x, "gpt_neox.layers." + layer + ".");
                case "phi" -> phi(x, "model.layers." + layer + ".");
                default -> llama(x, "model.layers." + layer + ".", layer);
            };
        }
        double[][] logits = new double[ids.length][];
        for (int t = 0; t < ids.length; t++) {
            logits[t] = head(x[t]);
        }
        return logits;
    }

    private double[] embedded(int id, int position) {
        String table = switch (type) {
            case "gpt2" -> "transformer.wte.weight";
            case "gpt_neox" -> "gpt_neox.embed_in.weight";
            default -> "model.embed_tokens.weight";
        };
        double[] x = new double[hidden];
        for (int i = 0; i < hidden; i++) {
            x[i] = weights.get(table)[id * hidden + i];
            if (type.startsWith("gemma")) {
                x[i] *= Math.sqrt((double) hidden);
            }
            if (type.equals("gpt2")) {
                x[i] += weights.get("transformer.wpe.weight")[position * hidden + i];
            }
        }
        return x;
    }

    private double[] head(double[] x) {
        String tied = type.equals("gpt2") ? "transformer.wte" : "model.embed_tokens";
        boolean isTied = config.path("tie_word_embeddings").asBoolean(type.equals("gpt2") || type.startsWith("gemma"));
        double[] normed = switch (type) {
            case "gpt2" -> layerNorm(x, "transformer.ln_f");
            case "gpt_neox" -> layerNorm(x, "gpt_neox.final_layer_norm");
            case "phi" -> layerNorm(x, "model.final_layernorm");
            default -> rms(x, "model.norm");
        };
        double[] logits = linear(normed, isTied ? tied : type.equals("gpt_neox") ? "embed_out" : "lm_head");
        double cap = config.path("final_logit_softcapping").asDouble(0);
        for (int i = 0; cap > 0 && i < logits.length; i++) {
            logits[i] = cap * Math.tanh(logits[i] / cap);
        }
        return logits;
    }

    // ---- families ----

    private double[][] gpt2(double[][] x, String p) {
        int n = x.length;
        double[][] q = new double[n][];
        double[][] k = new double[n][];
        double[][] v = new double[n][];
        for (int t = 0; t < n; t++) {
            double[] all = convolution(layerNorm(x[t], p + "ln_1"), p + "attn.c_attn");
            q[t] = part(all, 0, hidden);
            k[t] = part(all, hidden, hidden);
            v[t] = part(all, 2 * hidden, hidden);
        }
        double[][] mixed = attention(q, k, v, Integer.MAX_VALUE, 1 / Math.sqrt((double) width), 0);
        double[][] y = new double[n][];
        for (int t = 0; t < n; t++) {
            double[] a = sum(x[t], convolution(mixed[t], p + "attn.c_proj"));
            double[] f = convolution(layerNorm(a, p + "ln_2"), p + "mlp.c_fc");
            y[t] = sum(a, convolution(each(f, PlainMath::geluNew), p + "mlp.c_proj"));
        }
        return y;
    }

    private double[][] neox(double[][] x, String p) {
        int n = x.length;
        int turned = (int) (width * config.get("rotary_pct").asDouble());
        double[][] q = new double[n][hidden];
        double[][] k = new double[n][hidden];
        double[][] v = new double[n][hidden];
        for (int t = 0; t < n; t++) {
            double[] all = linear(layerNorm(x[t], p + "input_layernorm"), p + "attention.query_key_value");
            for (int h = 0; h < heads; h++) { // each head's query, key and value lie together
                System.arraycopy(all, 3 * h * width, q[t], h * width, width);
                System.arraycopy(all, (3 * h + 1) * width, k[t], h * width, width);
                System.arraycopy(all, (3 * h + 2) * width, v[t], h * width, width);
            }
            turn(q[t], t, turned, 10_000);
            turn(k[t], t, turned, 10_000);
        }
        double[][] mixed = attention(q, k, v, Integer.MAX_VALUE, 1 / Math.sqrt((double) width), 0);
        double[][] y = new double[n][];
        for (int t = 0; t < n; t++) {
            double[] a = linear(mixed[t], p + "attention.dense");
            double[] between = config.get("use_parallel_residual").asBoolean() ? x[t] : sum(x[t], a);
            double[] f = linear(layerNorm(between, p + "post_attention_layernorm"), p + "mlp.dense_h_to_4h");
            y[t] = sum(sum(x[t], a), linear(each(f, PlainMath::gelu), p + "mlp.dense_4h_to_h"));
        }
        return y;
    }

    private double[][] phi(double[][] x, String p) {
        int n = x.length;
        int turned = (int) (width * config.get("partial_rotary_factor").asDouble());
        double[][] normed = new double[n][];
        double[][] q = new double[n][];
        double[][] k = new double[n][];
        double[][] v = new double[n][];
        for (int t = 0; t < n; t++) {
            normed[t] = layerNorm(x[t], p + "input_layernorm");
            q[t] = linear(normed[t], p + "self_attn.q_proj");
            k[t] = linear(normed[t], p + "self_attn.k_proj");
            v[t] = linear(normed[t], p + "self_attn.v_proj");
            turn(q[t], t, turned, 10_000);
            turn(k[t], t, turned, 10_000);
        }
        double[][] mixed = attention(q, k, v, Integer.MAX_VALUE, 1 / Math.sqrt((double) width), 0);
        double[][] y = new double[n][];
        for (int t = 0; t < n; t++) {
            double[] f = linear(each(linear(normed[t], p + "mlp.fc1"), PlainMath::geluNew), p + "mlp.fc2");
            y[t] = sum(sum(x[t], linear(mixed[t], p + "self_attn.dense")), f);
        }
        return y;
    }

    /** Llama, Mistral, SmolLM3, Qwen 2 and 3, Gemma 1 to 3, Phi 3. */
    private double[][] llama(double[][] x, String p, int layer) {
        int n = x.length;
        double[][] q = new double[n][];
        double[][] k = new double[n][];
        double[][] v = new double[n][];
        for (int t = 0; t < n; t++) {
            double[] normed = rms(x[t], p + "input_layernorm");
            if (type.equals("phi3")) {
                double[] all = linear(normed, p + "self_attn.qkv_proj");
                q[t] = part(all, 0, heads * width);
                k[t] = part(all, heads * width, groups * width);
                v[t] = part(all, (heads + groups) * width, groups * width);
            } else {
                q[t] = linear(normed, p + "self_attn.q_proj");
                k[t] = linear(normed, p + "self_attn.k_proj");
                v[t] = linear(normed, p + "self_attn.v_proj");
            }
            if (type.equals("qwen3") || type.equals("gemma3_text")) {
                q[t] = rmsOfHeads(q[t], p + "self_attn.q_norm");
                k[t] = rmsOfHeads(k[t], p + "self_attn.k_norm");
            }
            boolean unturned = type.equals("smollm3")
                    && (layer + 1) % config.get("no_rope_layer_interval").asInt() == 0;
            if (!unturned) {
                turn(q[t], t, width, theta(layer));
                turn(k[t], t, width, theta(layer));
            }
        }
        boolean scaled = type.equals("gemma2") || type.equals("gemma3_text");
        double scale = 1 / Math.sqrt(scaled ? config.get("query_pre_attn_scalar").asDouble() : width);
        double[][] mixed = attention(q, k, v, window(layer), scale, config.path("attn_logit_softcapping").asDouble(0));
        double[][] y = new double[n][];
        for (int t = 0; t < n; t++) {
            double[] a = linear(mixed[t], p + "self_attn.o_proj");
            double[] between = sum(x[t], scaled ? rms(a, p + "post_attention_layernorm") : a);
            double[] read = rms(between, p + (scaled ? "pre_feedforward_layernorm" : "post_attention_layernorm"));
            double[] f = gated(read, p);
            y[t] = sum(between, scaled ? rms(f, p + "post_feedforward_layernorm") : f);
        }
        return y;
    }

    private double[] gated(double[] x, String p) {
        int inner = config.get("intermediate_size").asInt();
        double[] gate;
        double[] up;
        if (type.equals("phi3")) {
            double[] both = linear(x, p + "mlp.gate_up_proj");
            gate = part(both, 0, inner);
            up = part(both, inner, inner);
        } else {
            gate = linear(x, p + "mlp.gate_proj");
            up = linear(x, p + "mlp.up_proj");
        }
        double[] active = each(gate, type.startsWith("gemma") ? PlainMath::geluNew : z -> z / (1 + Math.exp(-z)));
        for (int i = 0; i < inner; i++) {
            active[i] *= up[i];
        }
        return linear(active, p + "mlp.down_proj");
    }

    private int window(int layer) {
        int window = config.path("sliding_window").asInt(Integer.MAX_VALUE);
        boolean windowed = switch (type) {
            case "mistral", "phi3" -> true;
            case "qwen2" -> config.path("use_sliding_window").asBoolean()
                    && layer >= config.get("max_window_layers").asInt();
            case "gemma2" -> layer % 2 == 0;
            case "gemma3_text" -> layer % config.get("sliding_window_pattern").asInt() != config
                    .get("sliding_window_pattern").asInt() - 1;
            default -> false;
        };
        return windowed ? window : Integer.MAX_VALUE;
    }

    private double theta(int layer) {
        boolean local = type.equals("gemma3_text") && window(layer) != Integer.MAX_VALUE;
        return local ? -config.get("rope_local_base_freq").asDouble() : config.path("rope_theta").asDouble(10_000);
    }

    // ---- blocks ----

    /** Turns the first so many numbers of each head; a negative θ is one that no scaling is for. */
    private void turn(double[] x, int position, int turned, double theta) {
        for (int start = 0; start < x.length; start += width) {
            for (int i = 0; i < turned / 2; i++) {
                double angle = position * frequency(Math.pow(Math.abs(theta), -2.0 * i / turned), theta > 0);
                double a = x[start + i];
                double b = x[start + i + turned / 2];
                x[start + i] = a * Math.cos(angle) - b * Math.sin(angle);
                x[start + i + turned / 2] = b * Math.cos(angle) + a * Math.sin(angle);
            }
        }
    }

    private double frequency(double plain, boolean scaled) {
        JsonNode rope = config.path("rope_scaling");
        if (!scaled || !rope.isObject()) {
            return plain;
        }
        double factor = rope.get("factor").asDouble();
        if (rope.get("rope_type").asText().equals("linear")) {
            return plain / factor;
        }
        double low = rope.get("low_freq_factor").asDouble();
        double high = rope.get("high_freq_factor").asDouble();
        double context = rope.get("original_max_position_embeddings").asDouble();
        double wave = 2 * Math.PI / plain;
        if (wave > context / low) {
            return plain / factor;
        }
        if (wave < context / high) {
            return plain;
        }
        double smooth = (context / wave - low) / (high - low);
        return (1 - smooth) * plain / factor + smooth * plain;
    }

    private double[][] attention(double[][] q, double[][] k, double[][] v, int window, double scale, double cap) {
        double[][] mixed = new double[q.length][heads * width];
        for (int t = 0; t < q.length; t++) {
            for (int h = 0; h < heads; h++) {
                int g = h / (heads / groups);
                double total = 0;
                double[] sum = new double[width];
                for (int s = 0; s <= t; s++) {
                    if (t - s >= window) {
                        continue;
                    }
                    double score = 0;
                    for (int i = 0; i < width; i++) {
                        score += q[t][h * width + i] * k[s][g * width + i];
                    }
                    score *= scale;
                    double weight = Math.exp(cap > 0 ? cap * Math.tanh(score / cap) : score);
                    total += weight;
                    for (int i = 0; i < width; i++) {
                        sum[i] += weight * v[s][g * width + i];
                    }
                }
                for (int i = 0; i < width; i++) {
                    mixed[t][h * width + i] = sum[i] / total;
                }
            }
        }
        return mixed;
    }

    private double[] linear(double[] x, String name) {
        double[] w = weights.get(name + ".weight");
        double[] b = weights.get(name + ".bias");
        double[] y = new double[w.length / x.length];
        for (int o = 0; o < y.length; o++) {
            y[o] = b == null ? 0 : b[o];
            for (int i = 0; i < x.length; i++) {
                y[o] += w[o * x.length + i] * x[i];
            }
        }
        return y;
    }

    /** GPT-2 stores its matrices the other way round. */
    private double[] convolution(double[] x, String name) {
        double[] w = weights.get(name + ".weight");
        double[] y = weights.get(name + ".bias").clone();
        for (int o = 0; o < y.length; o++) {
            for (int i = 0; i < x.length; i++) {
                y[o] += w[i * y.length + o] * x[i];
            }
        }
        return y;
    }

    private double[] rms(double[] x, String name) {
        double[] w = weights.get(name + ".weight");
        double square = 0;
        for (double each : x) {
            square += each * each / x.length;
        }
        double root = Math.sqrt(square + config.path("rms_norm_eps").asDouble(1e-6));
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i] / root * (w[i] + (type.startsWith("gemma") ? 1 : 0));
        }
        return y;
    }

    private double[] rmsOfHeads(double[] x, String name) {
        double[] y = new double[x.length];
        for (int start = 0; start < x.length; start += width) {
            System.arraycopy(rms(part(x, start, width), name), 0, y, start, width);
        }
        return y;
    }

    private double[] layerNorm(double[] x, String name) {
        double mean = 0;
        double variance = 0;
        for (double each : x) {
            mean += each / x.length;
        }
        for (double each : x) {
            variance += (each - mean) * (each - mean) / x.length;
        }
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (x[i] - mean) / Math.sqrt(variance + 1e-5) * weights.get(name + ".weight")[i]
                    + weights.get(name + ".bias")[i];
        }
        return y;
    }
}
