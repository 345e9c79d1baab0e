package preflab.engine.model;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.engine.tensor.Kernels;

/**
 * What a pass through one layer keeps in memory for the way back, counted from the code of {@link Blocks}: every array
 * that a differentiable operation saves, once. In bytes per token of N·T, float32 unless said otherwise.
 */
public final class LayerMemory {

    private static final int FLOAT = 4;
    private static final int BF16 = 2;
    private static final int SCORES_SAVED = 2; // tanh and softmax, where attention is capped and so not fused

    private final ModelConfig config;
    private final Precision precision;
    private final LoraSettings lora; // or null
    private final List<String> adapted; // names of modules of the first layer

    private LayerMemory(ModelConfig config, Precision precision, LoraSettings lora) {
        this.config = config;
        this.precision = precision;
        this.lora = lora;
        String first = config.architecture().layout().layer() + "0.";
        this.adapted = lora == null
                ? List.of()
                : lora.modules(config).stream().filter(name -> name.startsWith(first))
                        .map(name -> name.substring(first.length())).toList();
    }

    /** Of a model that is trained whole or by an adapter. */
    public static LayerMemory of(ModelConfig config, Precision precision, Optional<LoraSettings> lora) {
        return new LayerMemory(config, precision, lora.orElse(null));
    }

    /** Numbers that an adapter trains. */
    public static long adapterParameters(ModelConfig config, LoraSettings lora) {
        return LoraAdapter.shapes(config, lora).values().stream().mapToLong(shape -> shape.size()).sum();
    }

    /** Kept for the way back. */
    public double keptPerToken() {
        Layout layout = config.architecture().layout();
        double bytes = FLOAT * (double) config.hiddenSize(); // what the layer reads
        bytes += norm(config.hiddenSize()) + inputs(layout.queryKeyValue(), config.hiddenSize());
        bytes += attention() + inputs(List.of(layout.output()), queries());
        if (config.architecture().sequential()) {
            bytes += FLOAT * (double) config.hiddenSize(); // between attention and feed-forward
        }
        if (!layout.feedForwardNorm().isEmpty()) {
            bytes += norm(config.hiddenSize()) + inputs(layout.inputs(), config.hiddenSize());
        }
        bytes += layout.outerNorms().size() * (FLOAT * (double) config.hiddenSize() + norm(config.hiddenSize()));
        return bytes + feedForward() + inputs(List.of(layout.down()), config.intermediateSize());
    }

    /**
     * Scores of every token with every other, N·H·T·T of them, where attention keeps them: in full where it is capped,
     * those of blocks that see each other in bfloat16.
     *
     * @param length
     *            T
     * @return bytes per score
     */
    public double keptPerScore(int length) {
        if (config.architecture().attention().cap() > 0) {
            return SCORES_SAVED * FLOAT;
        }
        boolean kept = precision.roundsAttention(config) && CausalMixer.keepsProbabilities(length);
        return kept ? BF16 * Math.min(1, (length + Kernels.ATTENTION_BLOCK) / (2.0 * length)) : 0;
    }

    /**
     * What else one layer holds while it is computed, forward or back: its outputs before they are turned, added and
     * multiplied, and gradients of them.
     */
    public double workPerToken() {
        double narrow = 4.0 * config.hiddenSize() + queries() + 2.0 * keys();
        return FLOAT * (narrow + 3.0 * config.intermediateSize());
    }

    /** What a norm keeps besides what it reads; what it gives is counted where it is read. */
    private double norm(double width) {
        boolean rms = config.architecture().norm() != Architecture.Norm.LAYER;
        return rms && lora == null ? FLOAT * width : 0; // normed, for the gradient of its weights
    }

    /** What products keep of their common input: each its own copy in bfloat16; nothing if their weights are frozen. */
    private double inputs(List<String> modules, double width) {
        double bytes = 0;
        boolean whole = false;
        for (String module : modules) {
            if (isTrained(module)) {
                boolean rounded = isRounded(module);
                whole |= !rounded;
                bytes += rounded ? BF16 * width : 0;
                bytes += lora == null ? 0 : (double) lora.rank() * (rounded ? BF16 : FLOAT);
                bytes += lora == null || lora.dropout() == 0 ? 0 : 2 * FLOAT * width; // what is left out, and what not
            }
        }
        return bytes + (whole ? FLOAT * width : 0);
    }

    private boolean isTrained(String module) {
        return lora == null || adapted.contains(module);
    }

    private boolean isRounded(String module) {
        Shape matrix = config.parameterShapes().get(config.architecture().layout().weight(0, module));
        return precision.rounds(matrix.get(0), matrix.get(1));
    }

    /** Turned queries, keys and values repeated for their group of queries, the sums of their scores, its result. */
    private double attention() {
        Architecture.Attention kind = config.architecture().attention();
        double normed = kind.queryKeyNorm()
                ? FLOAT * (queries() + keys()) + norm(queries()) + norm(keys())
                : 0;
        if (precision.roundsAttention(config)) {
            return BF16 * 3 * queries() + normed;
        }
        String output = config.architecture().layout().output();
        boolean shared = isTrained(output) && !isRounded(output); // the product of the output keeps the same array
        return FLOAT * (3 * queries() + config.heads()) + normed + (shared ? 0 : FLOAT * queries());
    }

    private double feedForward() {
        Architecture.FeedForward kind = config.architecture().feedForward();
        int arrays = switch (kind.activation()) {
            case SILU, GELU -> 1;
            case GELU_TANH -> 5; // x, x², tanh, x/2, 1 + tanh
        };
        return FLOAT * (double) config.intermediateSize() * (arrays + (kind.gated() ? 2 : 0)); // act(gate) and up
    }

    private double queries() {
        return (double) config.heads() * config.headDim();
    }

    private double keys() {
        return (double) config.keyValueHeads() * config.headDim();
    }

    /** Copies in bfloat16 that products keep of the weights of all layers. */
    public long weightCopies() {
        Layout layout = config.architecture().layout();
        long bytes = 0;
        for (Map.Entry<String, Shape> each : config.parameterShapes().entrySet()) {
            Shape shape = each.getValue();
            boolean matrix = each.getKey().startsWith(layout.layer()) && shape.dimension() == 2;
            bytes += matrix && precision.rounds(shape.get(0), shape.get(1)) ? BF16 * shape.size() : 0;
        }
        return bytes;
    }
}
