package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import preflab.engine.batch.Encoded;

/** log π(y_t | y_&lt;t) of given tokens. */
@SuppressWarnings("DoNotCallSuggester") // announced; the bodies follow
public final class TokenLogProbs {

    private TokenLogProbs() {
    }

    /** ids [N,T] int64 to the log-probabilities of ids[:,1:], [N,T−1], float32 or better; recorded if grad mode is on. */
    public static NDArray of(Policy policy, NDArray ids) {
        throw new UnsupportedOperationException("" + policy + ids);
    }

    /** The log-probability of each completion token of each row; no graph is recorded. */
    public static List<double[]> ofCompletions(Policy policy, List<Encoded> rows) {
        throw new UnsupportedOperationException("" + policy + rows);
    }
}
