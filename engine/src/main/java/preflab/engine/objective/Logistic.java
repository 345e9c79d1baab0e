package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.tensor.Kernels;

/** Logistic losses of a margin z [n], in log space. */
final class Logistic {

    private Logistic() {
    }

    /** −log σ(z). */
    static NDArray loss(NDArray z) {
        return Kernels.logSigmoid(z).neg();
    }

    /** −(1 − ε) log σ(z) − ε log σ(−z). */
    static NDArray smoothed(NDArray z, double epsilon) {
        return epsilon == 0 ? loss(z) : Kernels.times(loss(z), 1 - epsilon).add(Kernels.times(loss(z.neg()), epsilon));
    }
}
