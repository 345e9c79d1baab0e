package preflab.projects.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import preflab.projects.chart.Chart;
import preflab.projects.chart.ChartSeries;
import preflab.projects.chart.Curve;
import preflab.projects.chart.Palette;
import preflab.projects.chart.Scales;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;

/** Runs as points: a setting in which they differ across, the last value of a metric up. */
final class Sweep {

    private static final List<String> GROUPS = List.of("hyper", "settings");
    /** Values that span more than this are spread by their logarithm, as sweeps are laid out. */
    private static final double WIDE = 20;

    private final RunStore store;
    private final List<RunSummary> runs;
    private final List<String> names;
    private final List<Integer> colours;
    private final String setting;

    Sweep(RunStore store, List<RunSummary> runs, List<String> names, List<Integer> colours, String setting) {
        this.store = store;
        this.runs = runs;
        this.names = names;
        this.colours = colours;
        this.setting = setting;
    }

    /** Names of the settings that are numbers and differ, the seed last: it is no setting one would choose by. */
    static List<String> settings(RunStore store, List<RunSummary> runs) {
        Map<String, List<Double>> values = new TreeMap<>();
        for (RunSummary run : runs) {
            String spec = store.specJson(run.id());
            GROUPS.forEach(group -> Differences.named(spec, group).forEach((name, text) -> number(text)
                    .ifPresent(value -> values.computeIfAbsent(name, key -> new ArrayList<>()).add(value))));
        }
        values.remove("training.seed");
        return values.entrySet().stream().filter(entry -> entry.getValue().stream().distinct().count() > 1)
                .map(Map.Entry::getKey).toList();
    }

    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text.replace('−', '-')));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** Empty where no run has both. */
    Optional<Chart> of(String key) {
        List<ChartSeries> points = new ArrayList<>();
        NavigableMap<Double, List<Double>> byValue = new TreeMap<>();
        for (int i = 0; i < runs.size(); i++) {
            OptionalDouble x = value(runs.get(i));
            Double y = runs.get(i).metrics().get(key);
            if (x.isPresent() && y != null) {
                points.add(new ChartSeries(names.get(i), colours.get(i),
                        point(x.getAsDouble(), runs.get(i).lastStep(), y)));
                byValue.computeIfAbsent(x.getAsDouble(), value -> new ArrayList<>()).add(y);
            }
        }
        if (points.isEmpty()) {
            return Optional.empty();
        }
        boolean wide = byValue.firstKey() > 0 && byValue.lastKey() > WIDE * byValue.firstKey();
        if (byValue.values().stream().anyMatch(values -> values.size() > 1) && byValue.size() > 1) {
            points.addFirst(new ChartSeries("mean", Palette.NEUTRAL, means(byValue)));
        }
        return Optional.of(Chart.of(key, setting, points).withScales(new Scales(wide, false)));
    }

    private OptionalDouble value(RunSummary run) {
        String spec = store.specJson(run.id());
        return GROUPS.stream().map(group -> Differences.named(spec, group).get(setting)).filter(text -> text != null)
                .map(Sweep::number).findFirst().orElse(OptionalDouble.empty());
    }

    private static Curve point(double x, long step, double y) {
        return Curve.of(new double[]{x}, new long[]{step}, new double[]{y});
    }

    private static Curve means(NavigableMap<Double, List<Double>> byValue) {
        double[] means = byValue.values().stream()
                .mapToDouble(values -> values.stream().mapToDouble(value -> value).average().orElseThrow()).toArray();
        return Curve.of(byValue.keySet().stream().mapToDouble(x -> x).toArray(), new long[means.length], means);
    }
}
