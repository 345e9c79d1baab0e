package preflab.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;

/** Finds values that are not finite. Slow: for explaining a divergence, not for every step. */
final class Finite {

    private Finite() {
    }

    static boolean all(NDArray array) {
        if (array.isEmpty()) {
            return true;
        }
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return !array.isNaN().any().getBoolean() && !array.isInfinite().any().getBoolean();
        }
    }
}
