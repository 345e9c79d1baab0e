package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import preflab.engine.batch.Encoded;
import preflab.engine.batch.ModelException;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;

/** log π(y_t | y_&lt;t) of given tokens. */
public final class TokenLogProbs {

    /** Bounds the logits held at once when scoring rows: 4 M numbers are 16 MB in float32. */
    private static final long LOGITS_AT_ONCE = 4_000_000;

    private TokenLogProbs() {
    }

    /** ids [N,T] int64 to the log-probabilities of ids[:,1:], [N,T−1], float32 or better; recorded if grad mode is on. */
    public static NDArray of(Policy policy, NDArray ids) {
        long n = ids.getShape().get(0);
        long t = ids.getShape().get(1) - 1;
        if (t < 1) {
            throw new ModelException("a sequence needs at least 2 tokens to have a log-probability, not " + (t + 1));
        }
        return Scopes.keeping(() -> {
            NDArray hidden = policy.hidden(Kernels.narrow(ids, 1, 0, t)); // [N,T-1,D]
            NDArray logits = policy.logits(hidden).reshape(n * t, policy.config().vocabSize());
            return Kernels.tokenLogProbs(logits, Kernels.narrow(ids, 1, 1, t).reshape(n * t)).reshape(n, t);
        });
    }

    /** The log-probability of each token that follows the prompt, at temperature 1; no graph is recorded. */
    public static double[] ofContinuation(Policy policy, int[] prompt, int[] continuation) {
        int[] all = Arrays.copyOf(prompt, prompt.length + continuation.length);
        System.arraycopy(continuation, 0, all, prompt.length, continuation.length);
        return ofCompletions(policy, List.of(new Encoded(all, prompt.length, new int[continuation.length], false)))
                .getFirst();
    }

    /** The log-probability of each completion token of each row; no graph is recorded. */
    public static List<double[]> ofCompletions(Policy policy, List<Encoded> rows) {
        return rows.stream().map(row -> Autograd.without(() -> Scopes.within(() -> ofCompletion(policy, row))))
                .toList();
    }

    private static double[] ofCompletion(Policy policy, Encoded row) {
        if (row.promptLength() == 0 && row.length() > 0) {
            throw new ModelException(
                    "the first token of \"" + row + "\" has no log-probability: the prompt is empty and"
                            + " the tokenizer has no beginning of sequence");
        }
        if (row.completionLength() == 0) {
            return new double[0];
        }
        NDManager manager = policy.parameters().values().iterator().next().getManager();
        long[] ids = Arrays.stream(row.ids()).asLongStream().toArray();
        NDArray tokens = manager.create(ids, new Shape(1, ids.length));
        NDArray hidden = policy.hidden(Kernels.narrow(tokens, 1, 0, ids.length - 1)); // [1,T-1,D]
        List<double[]> parts = new ArrayList<>();
        int chunk = (int) Math.max(1, LOGITS_AT_ONCE / policy.config().vocabSize());
        for (int from = row.promptLength() - 1; from < ids.length - 1; from += chunk) {
            int length = Math.min(chunk, ids.length - 1 - from);
            parts.add(Scopes.within(scored(policy, hidden, tokens, from, length)));
        }
        return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private static Supplier<double[]> scored(Policy policy, NDArray hidden, NDArray tokens, int from,
            int length) {
        return () -> {
            NDArray logits = policy.logits(Kernels.narrow(hidden, 1, from, length)).squeeze(0);
            NDArray targets = Kernels.narrow(tokens, 1, from + 1, length).squeeze(0);
            NDArray logProbs = Kernels.tokenLogProbs(logits, targets);
            return logProbs.toType(DataType.FLOAT64, true).toDoubleArray();
        };
    }
}
