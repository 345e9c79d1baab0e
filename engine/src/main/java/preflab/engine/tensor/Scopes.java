package preflab.engine.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.function.Supplier;

/**
 * Frees intermediate arrays. Every new array registers with the innermost {@code NDScope} of its thread and dies with
 * it; DJL's {@code unregister} reaches the innermost scope only, which these methods take care of.
 */
public final class Scopes {

    private Scopes() {
    }

    /**
     * Frees everything the work creates but its result, which then belongs to the scope around this call. The graph of
     * a recorded result keeps what it needs by itself.
     */
    public static NDArray keeping(Supplier<NDArray> work) {
        NDArray result = unscoped(work);
        NDScope.register(result);
        return result;
    }

    /** As {@link #keeping} for several arrays. */
    public static NDList keepingAll(Supplier<NDList> work) {
        NDScope scope = new NDScope();
        NDList results;
        try {
            results = work.get();
            results.forEach(array -> NDScope.unregister(array));
        } finally {
            scope.close();
        }
        results.forEach(NDScope::register);
        return results;
    }

    /** As {@link #keeping}, but the result belongs to no scope: it lives until it or its manager is closed. */
    public static NDArray unscoped(Supplier<NDArray> work) {
        NDScope scope = new NDScope();
        try {
            NDArray result = work.get();
            NDScope.unregister(result);
            return result;
        } finally {
            scope.close();
        }
    }

    /** Frees everything the work creates; its result is no array. */
    public static <T> T within(Supplier<T> work) {
        NDScope scope = new NDScope();
        try {
            return work.get();
        } finally {
            scope.close();
        }
    }
}
