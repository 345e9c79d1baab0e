package preflab.datasets.label;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import preflab.datasets.example.StepLabel;

/**
 * How far annotators agree, over all they judged at first sight; adjudicators are left out. A unit is one step (of
 * answers that were cut alike), answer or pair.
 *
 * @param units
 *            units that two or more annotators judged
 * @param alpha
 *            Krippendorff's α by scale: GOOD, NEUTRAL, BAD are 1, 0, −1, a value is itself; accepted is 1, rejected −1;
 *            first, tie, second are 1, 0, −1. NaN where not defined
 * @param pairs
 *            every two annotators who judged a unit in common
 * @param self
 *            share of repeated units on which annotators said the same again, by name
 */
public record Agreement(int units, Map<Reliability.Scale, Double> alpha, List<Pair> pairs, Map<String, Double> self) {

    /**
     * Two annotators.
     *
     * @param observed
     *            share of units on which they said the same
     * @param kappa
     *            Cohen's κ; NaN where not defined
     */
    public record Pair(String first, String second, int units, double observed, double kappa) {
    }

    /** One thing that can be judged. */
    private record Unit(int row, List<Integer> ends, int step) {
    }

    /** Agreement between the labels in this book. */
    public static Agreement of(LabelBook book) {
        Map<Unit, Map<String, Double>> values = new LinkedHashMap<>();
        Map<String, int[]> same = new TreeMap<>();
        for (Author author : book.authors()) {
            if (!author.adjudicator()) {
                collect(author, book.of(author), values, same);
            }
        }
        List<double[]> units = values.values().stream()
                .map(said -> said.values().stream().mapToDouble(v -> v).toArray()).filter(unit -> unit.length > 1)
                .toList();
        Map<Reliability.Scale, Double> alpha = new TreeMap<>();
        for (Reliability.Scale scale : Reliability.Scale.values()) {
            alpha.put(scale, Reliability.krippendorffsAlpha(units, scale));
        }
        Map<String, Double> self = new TreeMap<>();
        same.forEach((name, counts) -> self.put(name, (double) counts[0] / counts[1]));
        return new Agreement(units.size(), alpha, pairs(values), self);
    }

    private static void collect(Author author, Map<Item, RowLabel> labels, Map<Unit, Map<String, Double>> values,
            Map<String, int[]> same) {
        labels.forEach((item, label) -> {
            Map<Unit, Double> said = said(item.row(), label);
            if (!item.repeated()) {
                said.forEach((unit, v) -> values.computeIfAbsent(unit, _ -> new TreeMap<>()).put(author.name(), v));
                return;
            }
            Map<Unit, Double> before = said(item.row(), labels.getOrDefault(Item.of(item.row()), RowLabel.EMPTY));
            said.forEach((unit, value) -> {
                if (before.containsKey(unit)) {
                    int[] counts = same.computeIfAbsent(author.name(), _ -> new int[2]);
                    counts[0] += before.get(unit).equals(value) ? 1 : 0;
                    counts[1]++;
                }
            });
        });
    }

    private static Map<Unit, Double> said(int row, RowLabel label) {
        Map<Unit, Double> said = new LinkedHashMap<>();
        for (int i = 0; i < label.steps().size(); i++) {
            double value = value(label.step(i));
            if (!Double.isNaN(value)) {
                said.put(new Unit(row, label.ends(), i), value);
            }
        }
        label.accepted().ifPresent(accepted -> said.put(new Unit(row, List.of(), -1), accepted ? 1.0 : -1.0));
        label.choice().ifPresent(choice -> said.put(new Unit(row, List.of(), -2), switch (choice) {
            case FIRST -> 1.0;
            case TIE -> 0.0;
            case SECOND -> -1.0;
        }));
        return said;
    }

    private static double value(StepVerdict verdict) {
        return verdict.q().isPresent()
                ? verdict.q().getAsDouble()
                : switch (verdict.label().orElse(StepLabel.UNMARKED)) {
                    case GOOD -> 1;
                    case NEUTRAL -> 0;
                    case BAD -> -1;
                    case UNMARKED -> Double.NaN;
                };
    }

    private static List<Pair> pairs(Map<Unit, Map<String, Double>> values) {
        Map<List<String>, List<double[]>> both = new LinkedHashMap<>();
        values.values().forEach(said -> said.forEach((a, first) -> said.forEach((b, second) -> {
            if (a.compareTo(b) < 0) {
                both.computeIfAbsent(List.of(a, b), _ -> new ArrayList<>()).add(new double[]{first, second});
            }
        })));
        return both.entrySet().stream().map(entry -> {
            List<double[]> said = entry.getValue();
            double observed = (double) said.stream().filter(pair -> pair[0] == pair[1]).count() / said.size();
            return new Pair(entry.getKey().getFirst(), entry.getKey().getLast(), said.size(), observed,
                    Reliability.cohensKappa(said));
        }).toList();
    }
}
