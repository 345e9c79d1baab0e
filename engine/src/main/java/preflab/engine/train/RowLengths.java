package preflab.engine.train;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import preflab.datasets.example.ExampleView;
import preflab.engine.batch.Item;
import preflab.engine.batch.Mismatch;
import preflab.engine.batch.Sequence;
import preflab.engine.objective.Group;

/**
 * How long the examples of a data set are in tokens, as far as an estimate needs it: longest first.
 *
 * @param examples
 *            those looked at, the longest first; those to retain stand apart
 * @param retained
 *            the longest of the rows to retain, which every example brings along; {@link Length#NONE} where none does
 * @param looked
 *            rows that were tokenised
 * @param rows
 *            rows there are
 * @param bytes
 *            that the tokens of all rows take in Java's heap, where a run keeps them
 */
public record RowLengths(List<Length> examples, Length retained, int looked, int rows, long bytes) {

    /** Rows that are tokenised for an estimate at most; of more, so many are taken at equal distances. */
    public static final int LOOKED_AT = 2000;
    private static final int BLOCK = 50;
    private static final long OF_A_SEQUENCE = 200; // objects and their heads

    /**
     * One example.
     *
     * @param sequences
     *            differentiated; completions put to other prompts are not
     * @param longest
     *            tokens of the longest sequence
     * @param active
     *            tokens whose log-probabilities are asked for, of all sequences together
     */
    public record Length(int sequences, int longest, int active) {
        static final Length NONE = new Length(0, 0, 0);

        static Length of(List<Sequence> sequences) {
            return new Length(sequences.size(), sequences.stream().mapToInt(Sequence::length).max().orElse(0),
                    sequences.stream().mapToInt(Sequence::activeTokens).sum());
        }

        /** Cut to so many tokens, at the end. */
        Length cut(int limit) {
            int taken = Math.max(0, longest - limit);
            return new Length(sequences, longest - taken, Math.max(sequences, active - sequences * taken));
        }
    }

    public RowLengths {
        examples = List.copyOf(examples);
    }

    /** Of rows that were tokenised and collated. */
    static RowLengths of(List<Item> items, int looked, int rows) {
        List<Item> differentiated = Mismatch.only(items, false);
        Comparator<Length> longestFirst = Comparator.comparingInt(Length::longest).reversed();
        List<Length> retained = differentiated.stream().filter(RowLengths::isRetained)
                .map(item -> Length.of(item.sequences())).sorted(longestFirst).toList();
        List<Length> rest = differentiated.stream().filter(item -> !isRetained(item))
                .map(item -> Length.of(item.sequences())).sorted(longestFirst).toList();
        long bytes = items.stream().flatMap(item -> item.sequences().stream()).mapToLong(RowLengths::bytes).sum();
        return new RowLengths(rest, retained.isEmpty() ? Length.NONE : retained.getFirst(), looked, rows,
                bytes * rows / Math.max(1, looked));
    }

    private static long bytes(Sequence sequence) {
        return OF_A_SEQUENCE + (long) Integer.BYTES * (sequence.length() + 2 * sequence.activeTokens());
    }

    private static boolean isRetained(Item item) {
        return item.sequences().getFirst().group() == Group.RETAIN;
    }

    /** At most {@value #LOOKED_AT} rows of a version, in blocks at equal distances: neighbours may make a pair. */
    static ExampleView some(ExampleView all) {
        if (all.size() <= LOOKED_AT) {
            return all;
        }
        int blocks = LOOKED_AT / BLOCK;
        return ExampleView.of(all.version(), all.kind(), IntStream.range(0, LOOKED_AT)
                .mapToObj(i -> all.get((int) ((long) (i / BLOCK) * (all.size() - BLOCK) / (blocks - 1)) + i % BLOCK))
                .toList());
    }

    /** The longest micro-batch of so many examples, none with more tokens than the limit. */
    public BatchShape longest(int batchSize, int limit) {
        List<Length> taken = examples.stream().limit(batchSize).map(length -> length.cut(limit)).toList();
        int brought = retained.sequences() == 0 ? 0 : taken.size();
        Length beside = retained.cut(limit);
        int width = Math.max(taken.stream().mapToInt(Length::longest).max().orElse(2), beside.longest());
        return new BatchShape(
                taken.stream().mapToInt(Length::sequences).sum() + brought * beside.sequences(), Math.max(1, width - 1),
                taken.stream().mapToInt(Length::active).sum() + brought * beside.active());
    }
}
