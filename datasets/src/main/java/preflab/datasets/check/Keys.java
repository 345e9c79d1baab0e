package preflab.datasets.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One 64-bit key a row, 8 bytes each: a million rows are compared with each other in 8 MB. */
final class Keys {

    private long[] keys = new long[1024];
    private int size;

    void add(long key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        keys[size++] = key;
    }

    int size() {
        return size;
    }

    long get(int row) {
        return keys[row];
    }

    /** How many different keys there are. */
    int distinct() {
        long[] sorted = sorted();
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
        }
        return count;
    }

    /** How many rows have a key that stands in between this many rows and that many, both included. */
    long rowsWithCopies(int least, int most) {
        long[] sorted = sorted();
        long rows = 0;
        for (int from = 0, to; from < size; from = to) {
            to = from + 1;
            while (to < size && sorted[to] == sorted[from]) {
                to++;
            }
            rows += to - from >= least && to - from <= most ? to - from : 0;
        }
        return rows;
    }

    /** Rows with equal keys, two or more each, rising, by their first row. */
    List<List<Integer>> groups() {
        long[] sorted = sorted();
        Map<Long, List<Integer>> repeated = new HashMap<>();
        for (int i = 1; i < size; i++) {
            if (sorted[i] == sorted[i - 1]) {
                repeated.computeIfAbsent(sorted[i], _ -> new ArrayList<>(2));
            }
        }
        Map<Long, List<Integer>> inOrder = new LinkedHashMap<>();
        for (int row = 0; row < size && !repeated.isEmpty(); row++) {
            List<Integer> group = repeated.get(keys[row]);
            if (group != null) {
                group.add(row);
                inOrder.putIfAbsent(keys[row], group);
            }
        }
        return List.copyOf(inOrder.values());
    }

    /** Whether a key is among these. */
    static boolean contains(long[] sorted, long key) {
        return Arrays.binarySearch(sorted, key) >= 0;
    }

    /** The keys in rising order. */
    long[] sorted() {
        long[] sorted = Arrays.copyOf(keys, size);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Mixes two keys into one. */
    static long mixed(long a, long b) {
        long z = a * 0x9E3779B97F4A7C15L + b;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
