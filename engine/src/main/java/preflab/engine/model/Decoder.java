package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Next-token logits of sequences that grow one token at a time. Used on one thread, without recording a graph, each call
 * inside a scope of its own; the logits belong to that scope.
 */
public interface Decoder extends AutoCloseable {

    /** Begins N sequences of one token or more, which will grow by {@code maxNewTokens} at most; gives [N,V]. */
    NDArray start(List<int[]> prompts, int maxNewTokens);

    /** Appends one token to every sequence; gives [N,V]. */
    NDArray next(int[] tokens);

    /** Goes on with these rows alone, in this order. */
    void keep(int[] rows);

    @Override
    void close();
}
