package preflab.engine.model;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import preflab.engine.batch.ModelException;

/** The type a model's weights are held in and its matrix products are computed in. */
public enum Precision {
    FLOAT32("float32"),
    /** For gradient checks and worked numbers. */
    FLOAT64("float64"),
    /** Weights, norms, log-probabilities and losses in float32, matrix products in bfloat16 where {@link #rounds} says. */
    BFLOAT16("bfloat16");

    /**
     * decision: products of vectors narrower than this stay in float32. At width 128 and above a step of a small model
     * takes half the time in bfloat16; at 64 it gains nothing to a third, and loses 0.06 of a token's log-probability
     * (docs/decisions/0012).
     */
    private static final long NARROWEST = 128;

    private final String id;

    Precision(String id) {
        this.id = id;
    }

    /** What weights, gradients, log-probabilities and losses are held in. */
    public DataType weightType() {
        return this == FLOAT64 ? DataType.FLOAT64 : DataType.FLOAT32;
    }

    /** Whether products of a matrix [out, in] with vectors are computed in bfloat16. */
    boolean rounds(long in, long out) {
        return this == BFLOAT16 && Math.min(in, out) >= NARROWEST;
    }

    /** Whether attention without a cap or a window is computed in bfloat16: where the products around it are. */
    boolean roundsAttention(ModelConfig config) {
        return rounds(config.hiddenSize(), (long) config.heads() * config.headDim());
    }

    /** Numbers that were computed under another rule are not to be mixed: the id, and which rule of bfloat16 holds. */
    public String rule() {
        return this == BFLOAT16 ? id + ", attention in blocks" : id;
    }

    /** As settings spell it. */
    public String id() {
        return id;
    }

    /** The precision of that name. */
    public static Precision of(String id) {
        return Arrays.stream(values()).filter(p -> p.id.equals(id)).findFirst().orElseThrow(
                () -> new ModelException("precision must be one of float32, float64, bfloat16, not \"" + id + '"'));
    }
}
