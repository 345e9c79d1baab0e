package preflab.engine.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Differentiation with upstream gradients. libtorch's grad mode belongs to the thread and is on by default on every
 * thread but the first, so every piece of work states it: {@link #recording} or {@link #without}.
 */
public final class Autograd {

    private Autograd() {
    }

    /** Runs with a graph being recorded. */
    public static <T> T recording(Supplier<T> work) {
        return inMode(true, work);
    }

    /** Runs without recording a graph: cheaper, and nothing can be differentiated. */
    public static <T> T without(Supplier<T> work) {
        return inMode(false, work);
    }

    private static <T> T inMode(boolean on, Supplier<T> work) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(on);
        try {
            return work.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    /** Adds d(output·upstream)/d(leaf) to the gradient of every leaf; frees the graph. */
    public static void backward(NDArray output, NDArray upstream) {
        JniUtils.backward((PtNDArray) output, (PtNDArray) upstream, false, false);
    }

    /** Adds d(scalar)/d(leaf) to the gradient of every leaf; frees the graph. */
    public static void backward(NDArray scalar) {
        try (NDArray one = scalar.onesLike()) {
            backward(scalar, one);
        }
    }

    /** A copy without history, to be differentiated with respect to. */
    public static NDArray leaf(NDArray array) {
        NDArray leaf = array.stopGradient().duplicate();
        leaf.setRequiresGradient(true);
        return leaf;
    }

    /** Sets the accumulated gradient of a parameter to zero, in place. */
    public static void zeroGradient(NDArray parameter) {
        JniUtils.zeroGrad((PtNDArray) parameter);
    }
}
