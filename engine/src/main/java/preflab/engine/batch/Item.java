package preflab.engine.batch;

import java.util.List;

/**
 * One training example: the sequences of one row, which always share a micro-batch.
 *
 * @param row
 *            position in the dataset version
 */
public record Item(int row, List<Sequence> sequences) {
    public Item {
        sequences = List.copyOf(sequences);
    }

    /** Tokens of its longest sequence: what it makes the others of a micro-batch wait for. */
    public int longest() {
        return sequences.stream().mapToInt(Sequence::length).max().orElse(0);
    }
}
