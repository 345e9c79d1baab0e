package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import preflab.engine.tensor.Autograd;

/**
 * A causal language model as plain functions over named parameters. Sequences are padded on the right; causal attention
 * makes that padding harmless. Not thread-safe.
 */
public interface Policy extends AutoCloseable {

    ModelConfig config();

    /** Parameters by their Hugging Face names, in file order. Tied weights appear once. */
    Map<String, NDArray> parameters();

    /** Hidden states after the final norm: ids [N,T] int64 to [N,T,D]. Recorded on the graph if grad mode is on. */
    NDArray hidden(NDArray ids);

    /**
     * A pass that can be differentiated.
     *
     * @param recompute
     *            whether to save memory by computing each layer once more on the way back, where the policy can
     */
    default Pass pass(NDArray ids, boolean recompute) {
        NDArray hidden = Autograd.recording(() -> hidden(ids));
        return new Pass() {
            @Override
            public NDArray hidden() {
                return hidden;
            }

            @Override
            public void backward(NDArray gradient) {
                Autograd.backward(hidden, gradient);
            }
        };
    }

    /** Logits over the vocabulary: hidden [...,D] to [...,V], float32 or better. */
    NDArray logits(NDArray hidden);

    /** What training changes, by name: all parameters, or those of an adapter. */
    default Map<String, NDArray> trainable() {
        return parameters();
    }

    /** Makes what training changes leaves of the graph, or constants. */
    default void setTrainable(boolean trainable) {
        trainable().values().forEach(p -> p.setRequiresGradient(trainable));
    }

    /** A new decoder for generation; the caller closes it. Policies without a cache of their own compute anew. */
    default Decoder decoder() {
        return new RecomputingDecoder(this);
    }

    /** Frees the parameters. */
    @Override
    void close();
}
