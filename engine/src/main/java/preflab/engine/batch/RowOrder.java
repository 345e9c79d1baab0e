package preflab.engine.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The order in which examples are seen: one shuffle per epoch, a pure function of (seed, epoch), so that a run that is
 * repeated or resumed needs no generator state. Not thread-safe.
 */
public final class RowOrder {

    private final int size;
    private final long seed;
    private long shuffledEpoch = -1;
    private int[] permutation = new int[0];

    /** An order of {@code size} examples, at least 1. */
    public RowOrder(int size, long seed) {
        if (size < 1) {
            throw new IllegalArgumentException("no examples to put in order");
        }
        this.size = size;
        this.seed = seed;
    }

    /** The example at a position of the endless stream of epochs. */
    public int at(long position) {
        long epoch = position / size;
        if (epoch != shuffledEpoch) {
            permutation = permutation(epoch);
            shuffledEpoch = epoch;
        }
        return permutation[(int) (position % size)];
    }

    /** The examples of one optimizer step, 0 for the first. */
    public List<Integer> step(int step, int examplesPerStep) {
        List<Integer> chosen = new ArrayList<>(examplesPerStep);
        long start = (long) step * examplesPerStep;
        for (int i = 0; i < examplesPerStep; i++) {
            chosen.add(at(start + i));
        }
        return chosen;
    }

    /** Fisher and Yates. */
    private int[] permutation(long epoch) {
        SplittableRandom random = new SplittableRandom(mix(seed) + epoch);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** SplitMix64's finaliser: neighbouring seeds must not shift each other's epochs. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
