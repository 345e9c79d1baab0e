package preflab.engine.eval;

import ai.djl.ndarray.NDList;
import java.util.function.Consumer;

/** The outputs of one batch, and the way back to the policy's parameters. Belongs to the scope it was made in. */
public final class Forward {

    private final TokenOutputs outputs;
    private final Consumer<NDList> back;

    Forward(TokenOutputs outputs, Consumer<NDList> back) {
        this.outputs = outputs;
        this.back = back;
    }

    public TokenOutputs outputs() {
        return outputs;
    }

    /**
     * Adds to the parameters' gradients. Once per pass.
     *
     * @param gradients
     *            of the outputs, in the order of {@link TokenOutputs#ofPolicy}
     */
    public void backward(NDList gradients) {
        back.accept(gradients);
    }
}
