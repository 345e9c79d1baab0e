package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import preflab.engine.tensor.Kernels;

/** Computes the whole sequences anew for every token: slow, but right for any policy. */
final class RecomputingDecoder implements Decoder {

    private final Policy policy;
    private List<int[]> sequences = List.of();

    RecomputingDecoder(Policy policy) {
        this.policy = policy;
    }

    @Override
    public NDArray start(List<int[]> prompts, int maxNewTokens) {
        sequences = new ArrayList<>(prompts);
        return logits();
    }

    @Override
    public NDArray next(int[] tokens) {
        for (int i = 0; i < tokens.length; i++) {
            int[] longer = Arrays.copyOf(sequences.get(i), sequences.get(i).length + 1);
            longer[longer.length - 1] = tokens[i];
            sequences.set(i, longer);
        }
        return logits();
    }

    private NDArray logits() {
        NDManager manager = policy.parameters().values().iterator().next().getManager();
        NDArray hidden = policy.hidden(padded(manager, sequences));
        return policy.logits(last(hidden, sequences));
    }

    /** Right-padded ids, [N, longest]. */
    static NDArray padded(NDManager manager, List<int[]> sequences) {
        int longest = sequences.stream().mapToInt(s -> s.length).max().orElse(0);
        long[] ids = new long[sequences.size() * longest];
        for (int row = 0; row < sequences.size(); row++) {
            int[] sequence = sequences.get(row);
            for (int t = 0; t < sequence.length; t++) {
                ids[row * longest + t] = sequence[t];
            }
        }
        return manager.create(ids, new Shape(sequences.size(), longest));
    }

    /** The hidden state [N,D] at the last token of each sequence; hidden [N,T,D]. */
    static NDArray last(NDArray hidden, List<int[]> sequences) {
        long t = hidden.getShape().get(1);
        long[] positions = new long[sequences.size()];
        for (int row = 0; row < positions.length; row++) {
            positions[row] = row * t + sequences.get(row).length - 1;
        }
        NDArray rows = hidden.reshape(-1, hidden.getShape().get(2));
        return Kernels.embedding(hidden.getManager().create(positions), rows);
    }

    @Override
    public void keep(int[] rows) {
        List<int[]> all = sequences;
        sequences = new ArrayList<>(Arrays.stream(rows).mapToObj(all::get).toList());
    }

    @Override
    public void close() {
        sequences = List.of();
    }
}
