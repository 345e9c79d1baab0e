package preflab.datasets.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

import preflab.datasets.check.Fingerprint;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;
import preflab.datasets.store.VersionDifference.Change;

/**
 * Finds the rows of two versions that stand for each other: by ever weaker keys, each among the rows that are left, so
 * that only rows that changed are parsed. Keys are 64 bits of a hash; about 60 bytes a row are in memory.
 */
final class RowMatcher {

    private final SqliteView from;
    private final SqliteView to;
    private int[] left;
    private int[] right;
    private final List<Change> pairs = new ArrayList<>();

    private RowMatcher(SqliteView from, SqliteView to) {
        this.from = from;
        this.to = to;
        this.left = IntStream.range(0, from.size()).toArray();
        this.right = IntStream.range(0, to.size()).toArray();
    }

    static VersionDifference difference(SqliteView from, SqliteView to) {
        RowMatcher matcher = new RowMatcher(from, to);
        long[] before = from.payloadHashes();
        long[] after = to.payloadHashes();
        matcher.match(row -> before[row], row -> after[row]);
        int unchanged = matcher.pairs.size();
        matcher.pairs.clear();
        matcher.matchBy(row -> Fingerprint.ofTexts(row).high());
        matcher.matchBy(row -> key(row.source()));
        matcher.matchBy(row -> Fingerprint.ofPrompt(row).high());
        matcher.pairs.sort(Comparator.comparingInt(Change::from));
        return new VersionDifference(from.version(), to.version(), unchanged, boxed(matcher.right),
                boxed(matcher.left), matcher.pairs);
    }

    private void matchBy(java.util.function.ToLongFunction<PreferenceExample> key) {
        match(row -> key.applyAsLong(from.get(row)), row -> key.applyAsLong(to.get(row)));
    }

    private void match(IntToLongFunction leftKey, IntToLongFunction rightKey) {
        if (left.length == 0 || right.length == 0) {
            return;
        }
        long[] leftKeys = Arrays.stream(left).mapToLong(leftKey).toArray();
        long[] rightKeys = Arrays.stream(right).mapToLong(rightKey).toArray();
        int[] leftOrder = order(leftKeys);
        int[] rightOrder = order(rightKeys);
        boolean[] leftGone = new boolean[left.length];
        boolean[] rightGone = new boolean[right.length];
        for (int i = 0, j = 0; i < leftOrder.length && j < rightOrder.length;) {
            int way = Long.compare(leftKeys[leftOrder[i]], rightKeys[rightOrder[j]]);
            if (way == 0) {
                pairs.add(new Change(left[leftOrder[i]], right[rightOrder[j]]));
                leftGone[leftOrder[i++]] = true;
                rightGone[rightOrder[j++]] = true;
            } else if (way < 0) {
                i++;
            } else {
                j++;
            }
        }
        left = rest(left, leftGone);
        right = rest(right, rightGone);
    }

    /** Positions by key; equal keys in the order of the rows. */
    private static int[] order(long[] keys) {
        return IntStream.range(0, keys.length).boxed()
                .sorted(Comparator.comparingLong((Integer i) -> keys[i]).thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue).toArray();
    }

    private static int[] rest(int[] rows, boolean[] gone) {
        return IntStream.range(0, rows.length).filter(i -> !gone[i]).map(i -> rows[i]).toArray();
    }

    private static long key(Source source) {
        return (long) source.file().hashCode() << 40 ^ source.row();
    }

    private static List<Integer> boxed(int[] rows) {
        return Arrays.stream(rows).boxed().toList();
    }
}
