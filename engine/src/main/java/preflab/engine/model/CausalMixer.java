package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Torch;

/** Attention of whole sequences to themselves: each token sees those before it, as far as its layer's window reaches. */
final class CausalMixer implements Blocks.Mixer {

    private static final int LONGEST_KEPT = 2048;

    private final ModelConfig config;
    private final Architecture.Attention attention;
    private final Precision precision;
    private final int length;
    private final Rotary.Table angles; // or null
    private final Rotary.Table localAngles; // of windowed layers, or null
    private final NDManager manager;

    CausalMixer(ModelConfig config, Precision precision, int length, Rotary.Table angles, Rotary.Table localAngles,
            NDManager manager) {
        this.config = config;
        this.attention = config.architecture().attention();
        this.precision = precision;
        this.length = length;
        this.angles = angles;
        this.localAngles = localAngles;
        this.manager = manager;
    }

    @Override
    public NDArray rotated(int layer, NDArray x) {
        return (attention.window(layer) == Integer.MAX_VALUE ? angles : localAngles).rotate(x);
    }

    @Override
    public NDArray mix(int layer, NDArray queries, NDArray keys, NDArray values) {
        NDArray k = expanded(keys, config);
        NDArray v = expanded(values, config);
        int window = attention.window(layer);
        if (attention.cap() > 0) {
            return Kernels.cappedAttention(queries, k, v, band(window), scale(attention, config), attention.cap());
        }
        NDArray q = scaled(queries, attention, config);
        if (window < length) {
            return Kernels.maskedAttention(q, k, v, band(window));
        }
        if (!precision.roundsAttention(config)) {
            return Kernels.causalAttention(q, k, v);
        }
        return keepsProbabilities(length) && Torch.onCpu(q)
                ? Kernels.causalAttentionBlocksBf16(q, k, v)
                : Kernels.causalAttentionBf16(q, k, v);
    }

    /**
     * decision: on the CPU libtorch's own attention in bfloat16 trains no faster than in float32; ours does, but keeps
     * numbers that grow with the square of the length (docs/decisions/0012).
     */
    static boolean keepsProbabilities(int length) {
        return length <= LONGEST_KEPT;
    }

    /** Repeats each key-value head for its group of queries: libtorch's own flag for it takes the slow path. */
    static NDArray expanded(NDArray x, ModelConfig config) {
        int group = config.heads() / config.keyValueHeads();
        return group == 1 ? x : Kernels.repeatHeads(x, group);
    }

    static double scale(Architecture.Attention attention, ModelConfig config) {
        return attention.scale() > 0 ? attention.scale() : 1 / Math.sqrt((double) config.headDim());
    }

    /** Queries such that libtorch's own 1/√d makes the family's scale. */
    static NDArray scaled(NDArray queries, Architecture.Attention attention, ModelConfig config) {
        return attention.scale() > 0
                ? Kernels.times(queries, attention.scale() * Math.sqrt((double) config.headDim()))
                : queries;
    }

    /** Whether token i sees token j: [T,T]. */
    private NDArray band(int window) {
        boolean[] sees = new boolean[length * length];
        for (int i = 0; i < length; i++) {
            for (int j = 0; j <= i; j++) {
                sees[i * length + j] = i - j < window;
            }
        }
        return manager.create(sees, new Shape(length, length));
    }
}
