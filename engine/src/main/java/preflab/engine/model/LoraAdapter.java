package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;
import preflab.engine.tensor.Torch;

/**
 * The trainable matrices of {@link LoraSettings}: per adapted matrix A [r, in] and B [out, r], by PEFT's names without
 * its prefix. B begins at zero, so that an adapter that has learned nothing changes nothing. Not thread-safe.
 */
public final class LoraAdapter {

    static final String A = ".lora_A.weight";
    static final String B = ".lora_B.weight";
    private static final double ALL_KEPT = 0;

    private final LoraSettings settings;
    private final boolean transposed;
    private final Map<String, NDArray> parameters;
    private double dropout = ALL_KEPT;
    private long stepSeed;
    private long passSeed;

    private LoraAdapter(LoraSettings settings, boolean transposed, Map<String, NDArray> parameters) {
        this.settings = settings;
        this.transposed = transposed;
        this.parameters = Collections.unmodifiableMap(parameters);
    }

    /** A from the uniform distribution on ±1/√in, by the seed; B zero. */
    public static LoraAdapter random(ModelConfig config, LoraSettings settings, long seed, NDManager manager,
            Precision precision) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, NDArray> parameters = new LinkedHashMap<>();
        shapes(config, settings).forEach((name, shape) -> {
            float[] values = new float[Math.toIntExact(shape.size())];
            double bound = 1 / Math.sqrt((double) shape.get(1));
            if (name.endsWith(A)) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextDouble(-bound, bound);
                }
            }
            parameters.put(name, Scopes.unscoped(
                    () -> manager.create(values, shape).toType(precision.weightType(), false)));
        });
        return new LoraAdapter(settings, isTransposed(config), parameters);
    }

    /** Of arrays by name, as {@link #shapes} has them. */
    static LoraAdapter of(ModelConfig config, LoraSettings settings, Map<String, NDArray> parameters) {
        return new LoraAdapter(settings, isTransposed(config), parameters);
    }

    private static boolean isTransposed(ModelConfig config) {
        return config.architecture().layout().transposed();
    }

    static Map<String, Shape> shapes(ModelConfig config, LoraSettings settings) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        Map<String, Shape> matrices = config.parameterShapes();
        for (String module : settings.modules(config)) {
            Shape matrix = matrices.get(module + ".weight");
            long in = matrix.get(isTransposed(config) ? 0 : 1);
            long out = matrix.get(isTransposed(config) ? 1 : 0);
            shapes.put(module + A, new Shape(settings.rank(), in));
            shapes.put(module + B, new Shape(out, settings.rank()));
        }
        return shapes;
    }

    public LoraSettings settings() {
        return settings;
    }

    /** A and B of every adapted matrix. */
    public Map<String, NDArray> parameters() {
        return parameters;
    }

    private double scale() {
        return settings.alpha() / settings.rank();
    }

    /**
     * From now on a share of A's inputs is left out: which ones is a function of the seed, the tokens of the pass and the
     * matrix, so that a pass computed twice leaves out the same.
     */
    public void startDropping(long seed) {
        dropout = settings.dropout();
        stepSeed = seed;
    }

    /** Nothing is left out any more. */
    public void stopDropping() {
        dropout = ALL_KEPT;
    }

    /** Called with the tokens of every pass. */
    void begin(NDArray ids) {
        if (dropout > 0) {
            passSeed = 31 * stepSeed + Arrays.hashCode(ids.toLongArray());
        }
    }

    /**
     * y + (α/r) B A x, where the matrix is adapted; y [..., out], x [..., in]. In bfloat16 where the matrix itself is
     * multiplied so.
     */
    NDArray added(NDArray y, NDArray x, String module, boolean rounded) {
        NDArray a = parameters.get(module + A);
        if (a == null) {
            return y;
        }
        NDArray b = parameters.get(module + B);
        NDArray seen = dropout > 0 ? dropped(x, module) : x;
        return rounded
                ? Kernels.lowRankBf16(y, seen, a, b, scale())
                : Kernels.lowRank(y, seen, a, b, scale());
    }

    private NDArray dropped(NDArray x, String module) {
        Torch.seed(31 * passSeed + module.hashCode());
        return Kernels.dropout(x, dropout);
    }

    /**
     * Weights W + (α/r) B A in place of W, and all others as they are; in the scope around this call.
     *
     * @param weights
     *            of the whole model, by name
     */
    Map<String, NDArray> merged(Map<String, NDArray> weights) {
        Map<String, NDArray> merged = new LinkedHashMap<>();
        weights.forEach((name, weight) -> {
            String module = name.endsWith(".weight") ? name.substring(0, name.length() - ".weight".length()) : name;
            NDArray a = parameters.get(module + A);
            merged.put(name, a == null
                    ? weight
                    : Kernels.merged(weight, a, parameters.get(module + B), scale(), transposed));
        });
        return merged;
    }

    /** The last names of the adapted matrices, each once. */
    List<String> targetNames() {
        return parameters.keySet().stream().filter(name -> name.endsWith(A))
                .map(name -> LoraSettings.lastName(name.substring(0, name.length() - A.length()))).distinct().toList();
    }

    boolean transposed() {
        return transposed;
    }
}
