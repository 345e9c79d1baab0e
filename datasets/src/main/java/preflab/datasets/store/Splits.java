package preflab.datasets.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import preflab.datasets.check.Fingerprint;
import preflab.datasets.example.ExampleView;

/** Parts of a view for training and for held-out measurement. */
public final class Splits {

    private Splits() {
    }

    /**
     * Splits at random, but never a prompt: rows with equal prompts (but for capitals and white space) stay together,
     * so nothing leaks.
     *
     * @param validation
     *            share of the rows, 0 ≤ share &lt; 1; met as closely as the prompts allow
     * @param test
     *            likewise; the two shares together stay below 1
     * @param seed
     *            equal seeds and equal rows give equal splits
     */
    public static Split byPrompt(ExampleView view, double validation, double test, long seed) {
        checkShares(validation, test);
        List<Integer> trainRows = new ArrayList<>();
        List<Integer> validationRows = new ArrayList<>();
        List<Integer> testRows = new ArrayList<>();
        for (List<Integer> group : shuffledGroups(view, seed)) {
            if (fits(testRows, group, test * view.size())) {
                testRows.addAll(group);
            } else if (fits(validationRows, group, validation * view.size())) {
                validationRows.addAll(group);
            } else {
                trainRows.addAll(group);
            }
        }
        List.of(trainRows, validationRows, testRows).forEach(Collections::sort);
        return new Split(trainRows, validationRows, testRows);
    }

    /** The rows at these positions of a view, as a view; a position may occur several times. */
    public static ExampleView part(ExampleView whole, List<Integer> indexes) {
        return new PartView(whole, indexes.stream().mapToInt(Integer::intValue).toArray());
    }

    private static List<List<Integer>> shuffledGroups(ExampleView view, long seed) {
        Map<Fingerprint, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < view.size(); i++) {
            groups.computeIfAbsent(Fingerprint.ofPrompt(view.get(i)), _ -> new ArrayList<>(1)).add(i);
        }
        // by a hash of seed and prompt, so that the order does not hang on where a prompt stands in the file
        return groups.entrySet().stream()
                .sorted(Comparator
                        .comparingLong((Map.Entry<Fingerprint, List<Integer>> entry) -> mix(
                                entry.getKey().high() + seed * 0x9E3779B97F4A7C15L))
                        .thenComparingLong(entry -> entry.getKey().low()))
                .map(Map.Entry::getValue).toList();
    }

    /** Whether a part comes at least as close to its target with the group as without it. */
    private static boolean fits(List<Integer> part, List<Integer> group, double target) {
        return part.size() + group.size() / 2.0 <= target;
    }

    /** SplitMix64's finaliser: every bit of the input moves every bit of the output. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static void checkShares(double validation, double test) {
        if (!(validation >= 0 && test >= 0 && validation + test < 1)) {
            throw new IllegalArgumentException("the shares of validation and test must not be negative and together"
                    + " stay below 1, not " + validation + " and " + test);
        }
    }
}
