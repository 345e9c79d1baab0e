package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.param.ParamValues;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** KTO's z₀: how far the policy has moved from the reference on completions that answer other prompts. */
final class ReferencePoint {

    static final Param.OfDouble PARAM = Params.real("z0", "z₀", "Reference point", 0,
            "A fixed log-ratio, or batch: the mean over mismatched completions, at least 0.").automatic("batch");

    private ReferencePoint() {
    }

    /** Adds what z₀ takes, unless it is a fixed number. */
    static Needs needs(Needs without, ParamValues values) {
        return isFixed(values.get(PARAM))
                ? without
                : without.andMismatched().wholeBatch();
    }

    private static boolean isFixed(double z0) {
        return !Double.isNaN(z0);
    }

    /** sg(max(0, mean h)) over mismatched completions, or the fixed number; a scalar in log-ratio units. */
    static NDArray of(double z0, SequenceScores mismatched) {
        if (isFixed(z0)) {
            return mismatched.zero().add(z0).toType(mismatched.tokenLogProbs().getDataType(), false);
        }
        return Kernels.atLeast(mismatched.mean(mismatched.logRatio()).stopGradient(), 0);
    }
}
