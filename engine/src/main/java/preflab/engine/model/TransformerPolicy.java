package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import preflab.engine.batch.ModelException;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;

/**
 * A decoder of any supported family over shared {@link Blocks}; Llama (Touvron et al. 2023) is the plainest: RMSNorm,
 * rotary positions in the rotate-half layout, grouped queries, SwiGLU, tied or separate head.
 */
public final class TransformerPolicy implements Policy {

    private static final double INITIAL_DEVIATION = 0.02;

    private final ModelConfig config;
    private final Precision precision;
    private final NDManager manager;
    private final Map<String, NDArray> parameters;
    private final LoraAdapter adapter; // or null
    private final Blocks blocks;
    private final Rotary rotary;
    private final Rotary localRotary; // of windowed layers; mostly the same

    private TransformerPolicy(ModelConfig config, Precision precision, NDManager manager,
            Map<String, NDArray> parameters) {
        this(config, precision, manager, parameters, null,
                rotary(config.architecture().attention().rope(), config, precision, manager),
                rotary(config.architecture().attention().localRope(), config, precision, manager));
    }

    private TransformerPolicy(ModelConfig config, Precision precision, NDManager manager,
            Map<String, NDArray> parameters, LoraAdapter adapter, Rotary rotary, Rotary localRotary) {
        this.config = config;
        this.precision = precision;
        this.manager = manager;
        this.parameters = Collections.unmodifiableMap(parameters);
        this.adapter = adapter;
        this.blocks = new Blocks(config, this.parameters, precision, adapter);
        this.rotary = rotary;
        this.localRotary = localRotary;
    }

    private static Rotary rotary(Rope rope, ModelConfig config, Precision precision, NDManager manager) {
        return new Rotary(rope, config.maxPositions(), precision.weightType(), manager);
    }

    /**
     * Reads a Hugging Face folder. Parameters are not trainable until {@link #setTrainable} says so; they belong to a
     * manager under the one given, and to no scope.
     *
     * @throws ModelException
     *             if the folder holds no model of a supported family
     */
    public static TransformerPolicy load(Path hfFolder, NDManager manager, Precision precision) {
        HfFolder folder = HfFolder.open(hfFolder);
        NDManager own = manager.newSubManager();
        return new TransformerPolicy(folder.config(), precision, own, folder.readWeights(own, precision));
    }

    /** Normal(0, 0.02) weights from the seed, norms of 1 and no biases, in float32. */
    public static TransformerPolicy random(ModelConfig config, long seed, NDManager manager) {
        return random(config, seed, manager, Precision.FLOAT32);
    }

    /** Normal(0, 0.02) weights from the seed, norms of 1, no biases; the same numbers in every precision. */
    public static TransformerPolicy random(ModelConfig config, long seed, NDManager manager, Precision precision) {
        NDManager own = manager.newSubManager();
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, NDArray> weights = new LinkedHashMap<>();
        config.parameterShapes().forEach((name, shape) -> weights.put(name,
                initial(shape, norm(name, config), random, own, precision)));
        return new TransformerPolicy(config, precision, own, weights);
    }

    /** All weights zero: for measuring, since neither time nor memory depends on them. */
    public static TransformerPolicy blank(ModelConfig config, NDManager manager, Precision precision) {
        NDManager own = manager.newSubManager();
        Map<String, NDArray> weights = new LinkedHashMap<>();
        config.parameterShapes().forEach((name, shape) -> weights.put(name,
                Scopes.unscoped(() -> own.zeros(shape, precision.weightType()))));
        return new TransformerPolicy(config, precision, own, weights);
    }

    /** What vectors begin at: norms such that they change nothing, biases at 0. */
    private static float norm(String name, ModelConfig config) {
        boolean plusOne = config.architecture().norm() == Architecture.Norm.RMS_PLUS_ONE;
        return name.endsWith(".bias") || plusOne ? 0 : 1;
    }

    private static NDArray initial(Shape shape, float vector, SplittableRandom random, NDManager manager,
            Precision precision) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = shape.dimension() == 1 ? vector : (float) random.nextGaussian(0, INITIAL_DEVIATION);
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

    /** What owns the weights. */
    public NDManager manager() {
        return manager;
    }

    /** The same weights, frozen, with an adapter that is trained instead. Closing either closes both. */
    public TransformerPolicy adapted(LoraAdapter lora) {
        return new TransformerPolicy(config, precision, manager, parameters, lora, rotary, localRotary);
    }

    /** The same weights with the adapter off. Closing either closes both. */
    public TransformerPolicy base() {
        return new TransformerPolicy(config, precision, manager, parameters, null, rotary, localRotary);
    }

    public Optional<LoraAdapter> adapter() {
        return Optional.ofNullable(adapter);
    }

    @Override
    public Map<String, NDArray> trainable() {
        return adapter == null ? parameters : adapter.parameters();
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
        return Scopes.keeping(() -> {
            Blocks.Mixer causal = begin(ids);
            NDArray x = embedded(ids);
            for (int i = 0; i < config.layers(); i++) {
                NDArray input = x;
                int index = i;
                Blocks.Mixer mixer = filling(causal, filler);
                x = Scopes.keeping(() -> blocks.layer(input, index, mixer)); // frees the handles layer by layer
            }
            return blocks.finalNorm(x);
        });
    }

    /** What attends in a pass of these tokens. */
    Blocks.Mixer begin(NDArray ids) {
        int length = (int) ids.getShape().get(1);
        if (length > config.maxPositions()) {
            throw new ModelException("a sequence of " + length + " tokens is longer than the model's "
                    + config.maxPositions() + " positions");
        }
        if (adapter != null) {
            adapter.begin(ids);
        }
        return new CausalMixer(config, precision, length, rotary.angles(length), localRotary.angles(length),
                ids.getManager());
    }

    /** What the first layer reads, [N,T,D]. */
    NDArray embedded(NDArray ids) {
        return blocks.embed(ids, positions((int) ids.getShape().get(1), ids.getManager()));
    }

    @Override
    public Pass pass(NDArray ids, boolean recompute) {
        return recompute ? new LayerwisePass(this, ids) : Policy.super.pass(ids, false);
    }

    private static NDArray positions(int length, NDManager manager) {
        long[] positions = new long[length];
        Arrays.setAll(positions, t -> t);
        return manager.create(positions);
    }

    /** The same, showing keys and values on the way. */
    private static Blocks.Mixer filling(Blocks.Mixer mixer, CacheFiller filler) {
        return new Blocks.Mixer() {
            @Override
            public NDArray rotated(int layer, NDArray x) {
                return mixer.rotated(layer, x);
            }

            @Override
            public NDArray mix(int layer, NDArray queries, NDArray keys, NDArray values) {
                filler.fill(layer, keys, values);
                return mixer.mix(layer, queries, keys, values);
            }
        };
    }

    Blocks blocks() {
        return blocks;
    }

    /** Cosines and sines of at least that many positions; null without rotary positions. */
    Rotary.Table angles(int positions) {
        return rotary.atLeast(positions);
    }

    Rotary.Table localAngles(int positions) {
        return localRotary.atLeast(positions);
    }

    /** Of a plain Llama, in the order that {@link Kernels#decoderLayer} takes them. */
    NDList layerWeights(int index) {
        Layout layout = config.architecture().layout();
        List<String> names = new ArrayList<>(List.of(layout.attentionNorm()));
        names.addAll(layout.queryKeyValue());
        names.addAll(List.of(layout.output(), layout.feedForwardNorm()));
        names.addAll(layout.inputs());
        names.add(layout.down());
        return new NDList(names.stream().map(name -> parameters.get(layout.weight(index, name))).toList());
    }

    /** With a key-value cache, in float32 or better whatever the precision of training. */
    @Override
    public Decoder decoder() {
        Precision exact = precision == Precision.FLOAT64 ? Precision.FLOAT64 : Precision.FLOAT32;
        return new CachedDecoder(
                new TransformerPolicy(config, exact, manager, parameters, adapter, rotary, localRotary), manager);
    }

    /** In float32 or better also under bfloat16, whose 8 bits would blur differences of log-probabilities. */
    @Override
    public NDArray logits(NDArray hidden) {
        return blocks.logits(hidden);
    }

    /**
     * Writes the weights in Hugging Face's layout, an adapter merged into them, with the tokenizer files of a folder or
     * one {@code tokenizer.json}.
     */
    public void save(Path folder, Path tokenizer) {
        Scopes.within(() -> Autograd.without(() -> {
            HfFolder.save(folder, config, adapter == null ? parameters : adapter.merged(parameters), tokenizer);
            return folder;
        }));
    }

    @Override
    public void close() {
        manager.close();
    }
}
