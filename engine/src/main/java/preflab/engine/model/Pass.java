package preflab.engine.model;

import ai.djl.ndarray.NDArray;

/** One pass of tokens through a policy, and the way back. Belongs to the scope it was made in. */
public interface Pass {

    /** Hidden states after the final norm, [N,T,D]. */
    NDArray hidden();

    /**
     * Adds d(hidden · gradient)/dp to the gradient of every parameter p that is trained. Once per pass.
     *
     * @param gradient
     *            [N,T,D]
     */
    void backward(NDArray gradient);
}
