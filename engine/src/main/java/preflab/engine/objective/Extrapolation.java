package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.tensor.Kernels;

/**
 * Accelerated preference optimisation's momentum between rounds: the next reference is proportional to
 * π_new (π_new/π_prev)^α (He, Yuan and Gu 2024, https://arxiv.org/abs/2410.06293).
 */
public final class Extrapolation {

    private Extrapolation() {
    }

    /**
     * Log-probabilities of the next reference from the logits of two rounds.
     *
     * @param previous
     *            [..., V]
     * @param current
     *            [..., V]
     * @param alpha
     *            momentum, in [0, 1]
     */
    public static NDArray logProbs(NDArray previous, NDArray current, double alpha) {
        NDArray logits = Kernels.times(current, 1 + alpha).sub(Kernels.times(previous, alpha));
        return logits.sub(Kernels.logSumExp(logits).expandDims(-1));
    }
}
