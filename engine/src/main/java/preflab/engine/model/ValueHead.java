package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import preflab.engine.batch.ModelException;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;

/**
 * The value head g = σ(w₂ · silu(W₁h + b₁) + b₂): two layers on the hidden states of width D. The last layer begins at
 * zero, so that g begins at 1/2.
 */
public final class ValueHead implements AutoCloseable {

    static final String FILE = "value_head.safetensors";
    private static final String FIRST_WEIGHT = "value_head.0.weight"; // [D, D]
    private static final String FIRST_BIAS = "value_head.0.bias"; // [D]
    private static final String LAST_WEIGHT = "value_head.2.weight"; // [1, D]
    private static final String LAST_BIAS = "value_head.2.bias"; // [1]

    private final NDManager manager;
    private final Map<String, NDArray> parameters;

    private ValueHead(NDManager manager, Map<String, NDArray> parameters) {
        this.manager = manager;
        this.parameters = Collections.unmodifiableMap(parameters);
    }

    /** Normal(0, 1/√D) first layer from the seed, zero last layer. Not trainable until told so. */
    public static ValueHead random(int hiddenSize, long seed, NDManager manager, Precision precision) {
        NDManager own = manager.newSubManager();
        SplittableRandom random = new SplittableRandom(seed);
        float[] first = new float[Math.multiplyExact(hiddenSize, hiddenSize)];
        for (int i = 0; i < first.length; i++) {
            first[i] = (float) random.nextGaussian(0, 1 / Math.sqrt(hiddenSize));
        }
        Map<String, NDArray> weights = new LinkedHashMap<>();
        shapes(hiddenSize).forEach((name, shape) -> weights.put(name, Scopes.unscoped(() -> {
            float[] values = name.equals(FIRST_WEIGHT) ? first : new float[(int) shape.size()];
            return own.create(values, shape).toType(precision.weightType(), false);
        })));
        return new ValueHead(own, weights);
    }

    private static Map<String, Shape> shapes(int d) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put(FIRST_WEIGHT, new Shape(d, d));
        shapes.put(FIRST_BIAS, new Shape(d));
        shapes.put(LAST_WEIGHT, new Shape(1, d));
        shapes.put(LAST_BIAS, new Shape(1));
        return shapes;
    }

    /** Reads {@code value_head.safetensors} beside a checkpoint. */
    public static ValueHead load(Path folder, NDManager manager, Precision precision) {
        SafeTensors file = SafeTensors.open(folder.resolve(FILE));
        SafeTensors.Entry first = file.entries().get(FIRST_WEIGHT);
        long d = first == null || first.shape().dimension() != 2 ? 0 : first.shape().get(0);
        shapes(Math.toIntExact(d)).forEach((name, shape) -> {
            SafeTensors.Entry entry = file.entries().get(name);
            if (entry == null || !entry.shape().equals(shape)) {
                throw new ModelException(file.file() + " is no value head: " + name
                        + (entry == null ? " is missing" : " has shape " + entry.shape()));
            }
        });
        NDManager own = manager.newSubManager();
        return new ValueHead(own, file.read(shapes((int) d).keySet(), own, precision.weightType()));
    }

    /** Whether a checkpoint has one. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    /** Parameters by name. */
    public Map<String, NDArray> parameters() {
        return parameters;
    }

    /** Hidden states [...,D] to logits of g, [...]. */
    public NDArray logits(NDArray hidden) {
        return Scopes.keeping(() -> {
            NDArray inner = Kernels.linear(hidden, parameters.get(FIRST_WEIGHT)).add(parameters.get(FIRST_BIAS));
            NDArray active = Kernels.silu(inner);
            return Kernels.linear(active, parameters.get(LAST_WEIGHT)).add(parameters.get(LAST_BIAS)).squeeze(-1);
        });
    }

    /** Writes {@code value_head.safetensors} into a checkpoint's folder. */
    public void save(Path folder) {
        SafeTensors.write(folder.resolve(FILE), parameters);
    }

    /** Makes the parameters leaves of the graph, or constants. */
    public void setTrainable(boolean trainable) {
        parameters.values().forEach(p -> p.setRequiresGradient(trainable));
    }

    @Override
    public void close() {
        manager.close();
    }
}
