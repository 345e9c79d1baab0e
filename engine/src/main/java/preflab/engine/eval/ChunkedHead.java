package preflab.engine.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import preflab.engine.model.Policy;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;

/**
 * log π(target) from hidden states a few tokens at a time, so that no array of all tokens times the vocabulary is ever
 * held: forward without a graph, and on the way back each chunk once more with one.
 */
final class ChunkedHead {

    /** Numbers in the logits of one chunk: 64 MB in float32. */
    static final long LOGITS_AT_ONCE = 1 << 24;

    /**
     * decision: numbers in the logits of one block where a graph is recorded, 8 MB in float32. A block and its gradients
     * stay in the processor's cache, and below the size from which the system clears freed memory anew
     * (docs/decisions/0041).
     */
    static final long LOGITS_OF_A_BLOCK = 1 << 21;

    private final Policy policy;
    private final int chunk; // tokens

    ChunkedHead(Policy policy, long logitsAtOnce) {
        this.policy = policy;
        this.chunk = (int) Math.max(1, logitsAtOnce / policy.config().vocabSize());
    }

    long logitsAtOnce() {
        return (long) chunk * policy.config().vocabSize();
    }

    /** Whether so many tokens are more than one chunk. */
    boolean splits(int tokens) {
        return tokens > chunk;
    }

    /** hidden [K,D], targets [K] to [K], without a graph. */
    NDArray logProbs(NDArray hidden, NDArray targets) {
        return Autograd.without(() -> {
            NDList parts = new NDList();
            int from = 0;
            do { // one part at least, also of no token
                int at = from;
                parts.add(Scopes.keeping(() -> part(hidden, targets, at)));
                from += chunk;
            } while (from < hidden.getShape().get(0));
            return Kernels.concat(parts);
        });
    }

    /** As {@link #logProbs}, with the graph if one is recorded. */
    NDArray recordedLogProbs(NDArray hidden, NDArray targets) {
        int block = (int) Math.max(1, LOGITS_OF_A_BLOCK / policy.config().vocabSize());
        NDList parts = new NDList();
        int from = 0;
        do { // one part at least, also of no token
            parts.add(part(hidden, targets, from, block));
            from += block;
        } while (from < hidden.getShape().get(0));
        return Kernels.concat(parts);
    }

    private NDArray part(NDArray hidden, NDArray targets, int from) {
        return part(hidden, targets, from, chunk);
    }

    private NDArray part(NDArray hidden, NDArray targets, int from, int tokens) {
        long length = Math.min(tokens, hidden.getShape().get(0) - from);
        NDArray logits = policy.logits(Kernels.narrow(hidden, 0, from, length));
        return Kernels.tokenLogProbs(logits, Kernels.narrow(targets, 0, from, length));
    }

    /** Adds to the gradients of the leaf {@code hidden} and of the head; gradient [K]. */
    void backward(NDArray hidden, NDArray targets, NDArray gradient) {
        for (int from = 0; from < hidden.getShape().get(0); from += chunk) {
            int at = from;
            Scopes.within(() -> Autograd.recording(() -> {
                NDArray logProbs = part(hidden, targets, at);
                Autograd.backward(logProbs, Kernels.narrow(gradient, 0, at, logProbs.getShape().get(0)));
                return at;
            }));
        }
    }
}
