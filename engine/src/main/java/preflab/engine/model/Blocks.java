package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import preflab.engine.tensor.Kernels;

/**
 * The blocks that all families are built from, over parameters by name: N sequences of T tokens, hidden size D, H heads
 * of width d, G key-value heads.
 */
final class Blocks {

    /** Attends: queries [N,H,T,d], keys and values [N,G,T,d], turned by their positions, to [N,H,T,d]. */
    interface Mixer {
        /** Turns queries or keys of a layer by their positions. */
        NDArray rotated(int layer, NDArray x);

        NDArray mix(int layer, NDArray queries, NDArray keys, NDArray values);
    }

    private final ModelConfig config;
    private final Architecture architecture;
    private final Layout layout;
    private final Map<String, NDArray> parameters;
    private final Precision precision;
    private final LoraAdapter adapter; // or null

    Blocks(ModelConfig config, Map<String, NDArray> parameters, Precision precision, LoraAdapter adapter) {
        this.adapter = adapter;
        this.config = config;
        this.architecture = config.architecture();
        this.layout = architecture.layout();
        this.parameters = parameters;
        this.precision = precision;
    }

    /** ids [N,T] at these positions (which only learned positions read, [T] or [N,1] int64) to [N,T,D]. */
    NDArray embed(NDArray ids, NDArray positions) {
        NDArray tokens = Kernels.embedding(ids, parameters.get(layout.embedding() + ".weight"));
        NDArray scaled = architecture.embeddingScale() == 1
                ? tokens
                : Kernels.times(tokens, architecture.embeddingScale());
        return layout.positions().isEmpty()
                ? scaled
                : scaled.add(Kernels.embedding(positions, parameters.get(layout.positions() + ".weight")));
    }

    /** One layer: x [N,T,D] to [N,T,D]. */
    NDArray layer(NDArray x, int index, Mixer mixer) {
        NDArray normed = norm(x, name(index, layout.attentionNorm()));
        NDArray attended = outer(attention(normed, index, mixer), index, 0);
        if (!architecture.sequential()) {
            NDArray other = layout.feedForwardNorm().isEmpty()
                    ? normed
                    : norm(x, name(index,
                            layout.feedForwardNorm()));
            return x.add(attended).add(feedForward(other, index));
        }
        NDArray y = x.add(attended);
        NDArray fed = feedForward(norm(y, name(index, layout.feedForwardNorm())), index);
        return y.add(outer(fed, index, 1));
    }

    NDArray finalNorm(NDArray x) {
        return norm(x, layout.finalNorm());
    }

    private NDArray outer(NDArray x, int index, int which) {
        return layout.outerNorms().isEmpty() ? x : norm(x, name(index, layout.outerNorms().get(which)));
    }

    private String name(int index, String part) {
        return layout.layer() + index + "." + part;
    }

    private NDArray norm(NDArray x, String name) {
        NDArray weight = parameters.get(name + ".weight");
        return switch (architecture.norm()) {
            case RMS -> Kernels.rmsNorm(x, weight, config.rmsNormEps());
            case RMS_PLUS_ONE -> Kernels.rmsNormPlusOne(x, weight, config.rmsNormEps());
            case LAYER -> Kernels.layerNorm(x, weight, parameters.get(name + ".bias"), config.rmsNormEps());
        };
    }

    private NDArray attention(NDArray x, int index, Mixer mixer) {
        long n = x.getShape().get(0);
        long t = x.getShape().get(1);
        NDArray[] parts = queryKeyValue(x, index);
        NDArray q = parts[0];
        NDArray k = parts[1];
        if (architecture.attention().queryKeyNorm()) {
            q = norm(q, name(index, Layout.QUERY_NORM));
            k = norm(k, name(index, Layout.KEY_NORM));
        }
        if (architecture.attention().turns(index)) {
            q = mixer.rotated(index, q);
            k = mixer.rotated(index, k);
        }
        NDArray mixed = mixer.mix(index, q, k, parts[2]);
        return project(mixed.swapAxes(1, 2).reshape(n, t, (long) config.heads() * config.headDim()),
                name(index, layout.output()));
    }

    /** Queries [N,H,T,d], keys and values [N,G,T,d]. */
    private NDArray[] queryKeyValue(NDArray x, int index) {
        List<String> names = layout.queryKeyValue();
        if (names.size() == 3) {
            return new NDArray[]{heads(project(x, name(index, names.get(0))), config.heads()),
                    heads(project(x, name(index, names.get(1))), config.keyValueHeads()),
                    heads(project(x, name(index, names.get(2))), config.keyValueHeads())};
        }
        NDArray all = project(x, name(index, names.getFirst()));
        int d = config.headDim();
        if (layout.order() == Layout.Order.BY_HEAD) {
            NDArray byHead = all.reshape(x.getShape().get(0), x.getShape().get(1), config.heads(), 3L * d).swapAxes(1,
                    2);
            return new NDArray[]{Kernels.narrow(byHead, 3, 0, d), Kernels.narrow(byHead, 3, d, d),
                    Kernels.narrow(byHead, 3, 2L * d, d)};
        }
        long queries = (long) config.heads() * d;
        long others = (long) config.keyValueHeads() * d;
        return new NDArray[]{heads(Kernels.narrow(all, 2, 0, queries), config.heads()),
                heads(Kernels.narrow(all, 2, queries, others), config.keyValueHeads()),
                heads(Kernels.narrow(all, 2, queries + others, others), config.keyValueHeads())};
    }

    private NDArray heads(NDArray x, int count) {
        return x.reshape(x.getShape().get(0), x.getShape().get(1), count, config.headDim()).swapAxes(1, 2);
    }

    private NDArray feedForward(NDArray x, int index) {
        List<String> inputs = layout.inputs();
        NDArray first = project(x, name(index, inputs.getFirst()));
        if (!architecture.feedForward().gated()) {
            return project(active(first), name(index, layout.down()));
        }
        NDArray gate = first;
        NDArray up;
        if (inputs.size() == 1) {
            gate = Kernels.narrow(first, 2, 0, config.intermediateSize());
            up = Kernels.narrow(first, 2, config.intermediateSize(), config.intermediateSize());
        } else {
            up = project(x, name(index, inputs.getLast()));
        }
        NDArray gated = architecture.feedForward().activation() == Architecture.Activation.SILU
                ? Kernels.swiGlu(gate, up)
                : active(gate).mul(up);
        return project(gated, name(index, layout.down()));
    }

    private NDArray active(NDArray x) {
        return switch (architecture.feedForward().activation()) {
            case SILU -> Kernels.silu(x);
            case GELU -> Kernels.gelu(x);
            case GELU_TANH -> Kernels.geluTanh(x);
        };
    }

    private NDArray project(NDArray x, String name) {
        NDArray weight = parameters.get(name + ".weight");
        NDArray bias = parameters.get(name + ".bias");
        NDArray stored = layout.transposed() ? Kernels.transposed(weight) : weight;
        boolean rounded = precision.rounds(stored.getShape().get(1), stored.getShape().get(0));
        NDArray product = rounded ? Kernels.linearBf16(x, stored) : Kernels.linear(x, stored);
        NDArray biased = bias == null ? product : product.add(bias);
        return adapter == null ? biased : adapter.added(biased, x, name, rounded);
    }

    /**
     * In float32 or better also under bfloat16, whose 8 bits would blur differences of log-probabilities: hidden
     * [...,D] to [...,V].
     */
    NDArray logits(NDArray hidden) {
        NDArray head = parameters.get((config.tiedEmbeddings() ? layout.embedding() : layout.head()) + ".weight");
        NDArray logits = Kernels.linear(hidden, head);
        NDArray biased = architecture.biases().head() ? logits.add(parameters.get(layout.head() + ".bias")) : logits;
        return architecture.logitCap() == 0 ? biased : Kernels.softCap(biased, architecture.logitCap());
    }
}
