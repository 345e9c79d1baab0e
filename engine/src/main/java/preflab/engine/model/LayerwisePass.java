package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.function.UnaryOperator;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Scopes;

/**
 * Keeps the input of every layer alone and computes each layer once more on the way back (Chen et al. 2016): memory for
 * one layer's graph instead of all, at the price of one more forward pass.
 */
final class LayerwisePass implements Pass {

    private final TransformerPolicy policy;
    private final NDArray ids;
    private final NDList inputs = new NDList(); // of each layer, then of the final norm, [N,T,D]
    private final NDArray hidden;

    LayerwisePass(TransformerPolicy policy, NDArray ids) {
        this.policy = policy;
        this.ids = ids;
        this.hidden = Autograd.without(() -> {
            Blocks.Mixer mixer = policy.begin(ids);
            inputs.add(policy.embedded(ids));
            for (int i = 0; i < policy.config().layers(); i++) {
                int layer = i;
                inputs.add(Scopes.keeping(() -> policy.blocks().layer(inputs.get(layer), layer, mixer)));
            }
            return policy.blocks().finalNorm(inputs.getLast());
        });
    }

    @Override
    public NDArray hidden() {
        return hidden;
    }

    @Override
    public void backward(NDArray gradient) {
        Autograd.recording(() -> {
            Blocks.Mixer mixer = policy.begin(ids); // dropout leaves out what it left out before
            NDArray g = through(inputs.getLast(), gradient, x -> policy.blocks().finalNorm(x));
            for (int i = policy.config().layers() - 1; i >= 0; i--) {
                int layer = i;
                g = through(inputs.get(i), g, x -> policy.blocks().layer(x, layer, mixer));
            }
            if (policy.adapter().isEmpty()) { // else the embeddings are frozen
                Autograd.backward(policy.embedded(ids), g);
            }
            return g;
        });
    }

    /** The gradient at the input of a part, which is computed once more. */
    private static NDArray through(NDArray input, NDArray gradient, UnaryOperator<NDArray> part) {
        return Scopes.keeping(() -> {
            NDArray x = Autograd.leaf(input);
            Autograd.backward(part.apply(x), gradient);
            return x.getGradient();
        });
    }
}
