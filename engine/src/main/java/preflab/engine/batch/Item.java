package preflab.engine.batch;

import java.util.List;
import java.util.stream.Stream;

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

    /** Both together, under this one's row. */
    public Item with(Item other) {
        return new Item(row, Stream.concat(sequences.stream(), other.sequences.stream()).toList());
    }

    /** Tokens of its longest sequence: what it makes the others of a micro-batch wait for. */
    public int longest() {
        return sequences.stream().mapToInt(Sequence::length).max().orElse(0);
    }
}
