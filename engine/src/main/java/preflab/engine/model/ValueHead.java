package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Map;

/** The value head g = σ(MLP(h)): two layers on the hidden states; the last begins at zero, so that g begins at 1/2. */
@SuppressWarnings("DoNotCallSuggester") // announced; the bodies follow
public final class ValueHead implements AutoCloseable {

    private ValueHead() {
    }

    public static ValueHead random(int hiddenSize, long seed, NDManager manager, Precision precision) {
        throw new UnsupportedOperationException("" + hiddenSize + seed + manager + precision);
    }

    /** Reads {@code value_head.safetensors} beside a checkpoint. */
    public static ValueHead load(Path folder, NDManager manager, Precision precision) {
        throw new UnsupportedOperationException("" + folder + manager + precision);
    }

    /** Whether a checkpoint has one. */
    public static boolean isIn(Path folder) {
        throw new UnsupportedOperationException("" + folder);
    }

    /** Parameters by name. */
    public Map<String, NDArray> parameters() {
        throw new UnsupportedOperationException();
    }

    /** Hidden states [...,D] to logits of g, [...]. */
    public NDArray logits(NDArray hidden) {
        throw new UnsupportedOperationException("" + hidden);
    }

    /** Writes {@code value_head.safetensors} into a checkpoint's folder. */
    public void save(Path folder) {
        throw new UnsupportedOperationException("" + folder);
    }

    public void setTrainable(boolean trainable) {
        parameters().values().forEach(p -> p.setRequiresGradient(trainable));
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
