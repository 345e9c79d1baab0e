package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import preflab.engine.batch.ModelException;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;

/**
 * A Llama-style decoder (Touvron et al. 2023): RMSNorm, rotary positions in the rotate-half layout, grouped queries,
 * SwiGLU, tied or separate head. N sequences of T tokens, hidden size D, H heads of width d, G key-value heads.
 */
public final class LlamaPolicy implements Policy {

    private static final double INITIAL_DEVIATION = 0.02;

    private final ModelConfig config;
    private final Precision precision;
    private final NDManager manager;
    private final Map<String, NDArray> parameters;
    private final Rotary rotary;

    private LlamaPolicy(ModelConfig config, Precision precision, NDManager manager, Map<String, NDArray> parameters) {
        this(config, precision, manager, parameters, new Rotary(config, precision.weightType(), manager));
    }

    private LlamaPolicy(ModelConfig config, Precision precision, NDManager manager, Map<String, NDArray> parameters,
            Rotary rotary) {
        this.config = config;
        this.precision = precision;
        this.manager = manager;
        this.parameters = Collections.unmodifiableMap(parameters);
        this.rotary = rotary;
    }

    /**
     * Reads a Hugging Face folder. Parameters are not trainable until {@link #setTrainable} says so; they belong to a
     * manager under the one given, and to no scope.
     *
     * @throws ModelException
     *             if the folder holds no model of a supported family
     */
    public static LlamaPolicy load(Path hfFolder, NDManager manager, Precision precision) {
        HfFolder folder = HfFolder.open(hfFolder);
        NDManager own = manager.newSubManager();
        return new LlamaPolicy(folder.config(), precision, own, folder.readWeights(own, precision));
    }

    /** Normal(0, 0.02) weights from the seed and norms of 1, in float32. */
    public static LlamaPolicy random(ModelConfig config, long seed, NDManager manager) {
        return random(config, seed, manager, Precision.FLOAT32);
    }

    /** Normal(0, 0.02) weights from the seed and norms of 1; the same numbers in every precision. */
    public static LlamaPolicy random(ModelConfig config, long seed, NDManager manager, Precision precision) {
        NDManager own = manager.newSubManager();
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, NDArray> weights = new LinkedHashMap<>();
        config.parameterShapes().forEach((name, shape) -> weights.put(name,
                initial(shape, random, own, precision)));
        return new LlamaPolicy(config, precision, own, weights);
    }

    private static NDArray initial(Shape shape, SplittableRandom random, NDManager manager, Precision precision) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = shape.dimension() == 1 ? 1 : (float) random.nextGaussian(0, INITIAL_DEVIATION);
        }
        return Scopes.unscoped(() -> manager.create(values, shape).toType(precision.weightType(), false));
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    public Precision precision() {
        return precision;
    }

    @Override
    public Map<String, NDArray> parameters() {
        return parameters;
    }

    @Override
    public NDArray hidden(NDArray ids) {
        return hidden(ids, (layer, keys, values) -> {
        });
    }

    /** Sees the rotated keys and the values of each layer, [N,G,T,d]. */
    @FunctionalInterface
    interface CacheFiller {
        void fill(int layer, NDArray keys, NDArray values);
    }

    NDArray hidden(NDArray ids, CacheFiller filler) {
        int length = (int) ids.getShape().get(1);
        if (length > config.maxPositions()) {
            throw new ModelException("a sequence of " + length + " tokens is longer than the model's "
                    + config.maxPositions() + " positions");
        }
        return Scopes.keeping(() -> {
            Rotary.Table angles = rotary.positions(0, length);
            NDArray x = embed(ids);
            for (int i = 0; i < config.layers(); i++) {
                NDArray input = x;
                int index = i;
                x = Scopes.keeping(() -> layer(input, index, angles, filler)); // frees the handles layer by layer
            }
            return finalNorm(x);
        });
    }

    NDArray embed(NDArray ids) {
        return Kernels.embedding(ids, parameter(ParameterNames.EMBEDDING));
    }

    NDArray finalNorm(NDArray x) {
        return Kernels.rmsNorm(x, parameter(ParameterNames.FINAL_NORM), config.rmsNormEps());
    }

    /** Cosines and sines of at least that many positions. */
    Rotary.Table angles(int positions) {
        return rotary.atLeast(positions);
    }

    /** In the order that {@link Kernels#decoderLayer} takes them. */
    NDList layerWeights(int index) {
        ParameterNames n = ParameterNames.ofLayer(index);
        return new NDList(Stream.of(n.attentionNorm(), n.query(), n.key(), n.value(), n.output(), n.feedForwardNorm(),
                n.gate(), n.up(), n.down()).map(this::parameter).toList());
    }

    /** With a key-value cache, in float32 or better whatever the precision of training. */
    @Override
    public Decoder decoder() {
        Precision exact = precision == Precision.FLOAT64 ? Precision.FLOAT64 : Precision.FLOAT32;
        return new CachedDecoder(new LlamaPolicy(config, exact, manager, parameters, rotary), manager);
    }

    private NDArray layer(NDArray x, int index, Rotary.Table angles, CacheFiller filler) {
        ParameterNames names = ParameterNames.ofLayer(index);
        NDArray normed = Kernels.rmsNorm(x, parameter(names.attentionNorm()), config.rmsNormEps());
        NDArray attended = x.add(attention(normed, index, angles, filler));
        NDArray normedAgain = Kernels.rmsNorm(attended, parameter(names.feedForwardNorm()), config.rmsNormEps());
        return attended.add(feedForward(normedAgain, names));
    }

    private NDArray attention(NDArray x, int index, Rotary.Table angles, CacheFiller filler) {
        ParameterNames names = ParameterNames.ofLayer(index);
        long n = x.getShape().get(0);
        long t = x.getShape().get(1);
        NDArray q = angles.rotate(heads(project(x, names.query()), config.heads())); // [N,H,T,d]
        NDArray k = angles.rotate(heads(project(x, names.key()), config.keyValueHeads())); // [N,G,T,d]
        NDArray v = heads(project(x, names.value()), config.keyValueHeads());
        filler.fill(index, k, v);
        NDArray mixed = causal(q, expand(k), expand(v)); // [N,H,T,d]
        return project(mixed.swapAxes(1, 2).reshape(n, t, (long) config.heads() * config.headDim()), names.output());
    }

    private NDArray heads(NDArray x, int count) {
        return x.reshape(x.getShape().get(0), x.getShape().get(1), count, config.headDim()).swapAxes(1, 2);
    }

    /** Repeats each key-value head for its group of queries: libtorch's own flag for it takes the slow path. */
    private NDArray expand(NDArray x) {
        int group = config.heads() / config.keyValueHeads();
        return group == 1 ? x : Kernels.repeatHeads(x, group);
    }

    private NDArray causal(NDArray q, NDArray k, NDArray v) {
        return precision == Precision.BFLOAT16
                ? Kernels.causalAttentionBf16(q, k, v)
                : Kernels.causalAttention(q, k, v);
    }

    private NDArray feedForward(NDArray x, ParameterNames names) {
        NDArray gated = Kernels.swiGlu(project(x, names.gate()), project(x, names.up()));
        return project(gated, names.down());
    }

    private NDArray project(NDArray x, String weight) {
        return precision == Precision.BFLOAT16
                ? Kernels.linearBf16(x, parameter(weight))
                : Kernels.linear(x, parameter(weight));
    }

    /** In float32 or better also under bfloat16, whose 8 bits would blur differences of log-probabilities. */
    @Override
    public NDArray logits(NDArray hidden) {
        return Kernels.linear(hidden, head());
    }

    private NDArray head() {
        return parameter(config.tiedEmbeddings() ? ParameterNames.EMBEDDING : ParameterNames.HEAD);
    }

    private NDArray parameter(String name) {
        return parameters.get(name);
    }

    /** Writes the weights in Hugging Face's layout, with the tokenizer files of a folder or one {@code tokenizer.json}. */
    public void save(Path folder, Path tokenizer) {
        HfFolder.save(folder, config, parameters, tokenizer);
    }

    @Override
    public void close() {
        manager.close();
    }
}
