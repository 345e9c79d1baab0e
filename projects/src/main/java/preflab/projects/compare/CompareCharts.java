package preflab.projects.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import preflab.engine.metric.Metrics;
import preflab.engine.objective.Objectives;
import preflab.projects.chart.Band;
import preflab.projects.chart.Chart;
import preflab.projects.chart.ChartSeries;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Series;

/** The metrics of several runs over their common steps. */
final class CompareCharts {

    /** More than any chart has pixels, so that a chart can be widened without reading again. */
    private static final int BUCKETS = 2000;

    /** Beyond these, bands only cover each other. */
    private static final int BANDS_AT_MOST = 4;

    /** Bookkeeping, not worth a picture. */
    private static final Set<String> UNDRAWN = Set.of(Metrics.EVAL_COUNT, Metrics.EPOCH);

    private final RunStore store;
    private final List<RunSummary> runs;
    private final List<String> names;

    CompareCharts(RunStore store, List<RunSummary> runs, List<String> names) {
        this.store = store;
        this.runs = runs;
        this.names = names;
    }

    /** A chart for every key that some run logged at more than one step. */
    List<Chart> of(List<String> keys) {
        long last = runs.stream().mapToLong(RunSummary::lastStep).max().orElse(0);
        List<Chart> charts = new ArrayList<>();
        for (String key : keys) {
            List<ChartSeries> lines = new ArrayList<>();
            for (int i = 0; i < runs.size(); i++) {
                lines.add(new ChartSeries(names.get(i), i, store.series(runs.get(i).id(), key, 0, last, BUCKETS)));
            }
            if (!UNDRAWN.contains(key) && lines.stream().anyMatch(line -> line.points().size() > 1)) {
                charts.add(new Chart(key, "step", caution(key, lines), lines, bands(key, lines), false, 0));
            }
        }
        return charts;
    }

    /** Quantities of one name that are not one quantity, among the runs that have it. */
    private String caution(String key, List<ChartSeries> lines) {
        if (key.contains("rewards/") && differ(lines, CompareCharts::reward)) {
            return "rewards are defined differently";
        }
        boolean isLoss = key.equals(Metrics.LOSS) || key.equals(Metrics.EVAL + Metrics.LOSS);
        return isLoss && differ(lines, RunSummary::objective) ? "each objective's own loss" : "";
    }

    private boolean differ(List<ChartSeries> lines, Function<RunSummary, String> property) {
        return lines.stream().filter(line -> !line.points().isEmpty()).map(line -> runs.get(line.colour()))
                .map(property).distinct().count() > 1;
    }

    private static String reward(RunSummary run) {
        return Objectives.find(run.objective()).map(type -> type.reward()).orElse(run.objective());
    }

    private List<Band> bands(String key, List<ChartSeries> lines) {
        if (!key.equals(Metrics.EVAL_ACCURACY) || lines.size() > BANDS_AT_MOST) {
            return List.of();
        }
        List<Band> bands = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            band(lines.get(i), store.series(runs.get(i).id(), Metrics.EVAL_COUNT)).ifPresent(bands::add);
        }
        return bands;
    }

    private static Optional<Band> band(ChartSeries accuracy, Series counts) {
        Series points = accuracy.points();
        if (points.size() < 2 || points.size() != counts.size()) {
            return Optional.empty();
        }
        return Optional.of(new Band(accuracy.colour(), edge(points, counts, Interval::low),
                edge(points, counts, Interval::high)));
    }

    private static Series edge(Series accuracy, Series counts, ToDoubleFunction<Interval> side) {
        double[] values = new double[accuracy.size()];
        for (int i = 0; i < values.length; i++) {
            int n = (int) counts.value(i);
            values[i] = n > 0
                    ? side.applyAsDouble(Statistics.wilson((int) Math.round(accuracy.value(i) * n), n))
                    : accuracy.value(i);
        }
        return Series.of(accuracy.steps(), values);
    }
}
