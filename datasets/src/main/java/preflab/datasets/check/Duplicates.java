package preflab.datasets.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import preflab.datasets.example.ExampleView;

/**
 * Rows with equal prompts and equal answers, whatever their labels.
 *
 * @param groups
 *            positions of equal rows, each group rising, groups in the order of their first row
 */
public record Duplicates(List<List<Integer>> groups) {

    public Duplicates {
        groups = groups.stream().map(List::copyOf).toList();
    }

    /** Compares every row with every other; memory of about 100 bytes a row. */
    public static Duplicates of(ExampleView view) {
        Map<Fingerprint, Integer> first = new HashMap<>();
        Map<Integer, List<Integer>> groups = new TreeMap<>();
        for (int i = 0; i < view.size(); i++) {
            Integer earlier = first.putIfAbsent(Fingerprint.ofTexts(view.get(i)), i);
            if (earlier != null) {
                groups.computeIfAbsent(earlier, row -> new ArrayList<>(List.of(row))).add(i);
            }
        }
        return new Duplicates(List.copyOf(groups.values()));
    }

    /** How many rows could go without losing a text. */
    public int surplus() {
        return groups.stream().mapToInt(group -> group.size() - 1).sum();
    }
}
