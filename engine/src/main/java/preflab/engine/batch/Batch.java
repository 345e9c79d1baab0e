package preflab.engine.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import preflab.engine.objective.Group;

/**
 * The sequences of one micro-batch, gathered by group, padded on the right no further than its longest. The K active
 * tokens of all sequences form one list, in the order of the sequences: models are asked for log-probabilities there
 * and nowhere else.
 */
public final class Batch {

    private final List<Sequence> sequences;
    private final int width; // inputs per sequence: the last token predicts nothing
    private final int activeTokens;

    private Batch(List<Sequence> sequences) {
        this.sequences = List.copyOf(sequences);
        this.width = sequences.stream().mapToInt(Sequence::length).max().orElse(2) - 1;
        this.activeTokens = sequences.stream().mapToInt(Sequence::activeTokens).sum();
    }

    /** Gathers by group; within a group the items keep their order, so that row i of chosen answers row i of rejected. */
    public static Batch of(List<Item> items) {
        List<Sequence> all = new ArrayList<>();
        items.forEach(item -> all.addAll(item.sequences()));
        all.sort(Comparator.comparing(Sequence::group)); // stable
        return new Batch(all);
    }

    public List<Sequence> sequences() {
        return sequences;
    }

    /** Sequences of one group; {@link Group#KL} is all of them. */
    public List<Sequence> sequences(Group group) {
        return group == Group.KL ? sequences : sequences.stream().filter(s -> s.group() == group).toList();
    }

    /** Tokens without padding. */
    public long tokens() {
        return sequences.stream().mapToLong(Sequence::length).sum();
    }

    /** K. */
    public int activeTokens() {
        return activeTokens;
    }

    /** What a model reads: [N, width] int64; padding repeats token 0, which causal attention makes harmless. */
    public NDArray ids(NDManager manager) {
        long[] ids = new long[sequences.size() * width];
        for (int n = 0; n < sequences.size(); n++) {
            Sequence sequence = sequences.get(n);
            for (int t = 0; t < sequence.length() - 1; t++) {
                ids[n * width + t] = sequence.id(t);
            }
        }
        return manager.create(ids, new Shape(sequences.size(), width));
    }

    /** For each active token, where among the N·width inputs the one before it stands: [K] int64. */
    public NDArray positions(NDManager manager) {
        long[] positions = new long[activeTokens];
        int k = 0;
        for (int n = 0; n < sequences.size(); n++) {
            Sequence sequence = sequences.get(n);
            for (int token = 0; token < sequence.activeTokens(); token++) {
                positions[k++] = (long) n * width + sequence.activePosition(token) - 1;
            }
        }
        return manager.create(positions);
    }

    /** The active tokens themselves: [K] int64. */
    public NDArray targets(NDManager manager) {
        long[] targets = new long[activeTokens];
        int k = 0;
        for (Sequence sequence : sequences) {
            for (int token = 0; token < sequence.activeTokens(); token++) {
                targets[k++] = sequence.id(sequence.activePosition(token));
            }
        }
        return manager.create(targets);
    }
}
