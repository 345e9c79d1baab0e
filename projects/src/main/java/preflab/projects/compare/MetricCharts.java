package preflab.projects.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import preflab.engine.metric.Metrics;
import preflab.engine.objective.Objectives;
import preflab.projects.chart.Band;
import preflab.projects.chart.Chart;
import preflab.projects.chart.ChartSeries;
import preflab.projects.chart.Curve;
import preflab.projects.chart.Marker;
import preflab.projects.chart.Numbers;
import preflab.projects.chart.Smoothing;
import preflab.projects.store.MinMax;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Series;

/** The metrics of several runs over each other, metric by metric. */
public final class MetricCharts {

    /** More than any chart has pixels, so that a chart can be widened without reading again. */
    private static final int BUCKETS = 2000;
    /** Still more than a chart among many has pixels. */
    private static final int FEWEST_BUCKETS = 400;
    /** Points of one metric that may be held at a time. */
    private static final int POINTS = 160_000;

    /** Beyond these, bands only cover each other. */
    private static final int BANDS_AT_MOST = 4;

    /** Bookkeeping, not worth a picture; axes are counted from it. */
    private static final Set<String> UNDRAWN = Set.of(Metrics.EVAL_COUNT, Metrics.EPOCH, Metrics.TOKENS,
            Metrics.SECONDS, Metrics.REFERENCE_FOUND, Metrics.REFERENCE_PASSES, Metrics.REFERENCE_SECONDS,
            Metrics.REFERENCE_SECONDS_SAVED, Metrics.REFERENCE_BYTES_SAVED, Metrics.REFERENCE_BYTES_ON_DISK);

    private final RunStore store;
    private final List<RunSummary> runs;
    private final List<String> names;
    private final List<Integer> colours;
    private final ChartQuestion question;
    private final List<Places> places;
    /** Of each run; none where there is no line of each run. */
    private final List<List<Marker>> resumes;
    private final List<SeedGroup> groups;
    private final Map<Integer, String> heldOut = new ConcurrentHashMap<>();

    /**
     * Reads what all charts share.
     *
     * @param names
     *            of the runs, as many
     * @param colours
     *            slots of the runs in the palette, as many
     */
    public MetricCharts(RunStore store, List<RunSummary> runs, List<String> names, List<Integer> colours,
            ChartQuestion question) {
        this.store = store;
        this.runs = List.copyOf(runs);
        this.names = List.copyOf(names);
        this.colours = List.copyOf(colours);
        this.question = question;
        boolean sweep = question.axis().isSetting();
        this.places = sweep
                ? List.of()
                : runs.stream().map(run -> Places.of(store, run.id(), question.axis())).toList();
        this.groups = question.seedsAsBands() && !sweep ? SeedGroup.of(store, runs) : List.of();
        this.resumes = groups.isEmpty() && !sweep ? resumes() : List.of();
    }

    /** Everything drawn by default: each run in a colour of its own over its steps. */
    public static List<Chart> all(RunStore store, List<RunSummary> runs, List<String> names) {
        MetricCharts charts = new MetricCharts(store, runs, names,
                RunColours.of(runs.stream().map(RunSummary::id).toList()), ChartQuestion.ALL);
        return charts.keys().stream().map(charts::of).flatMap(Optional::stream).toList();
    }

    /** What some run logged and is worth a chart, the telling ones first. */
    public List<String> keys() {
        return MetricOrder.sorted(runs.stream().flatMap(run -> run.metrics().keySet().stream())
                .filter(key -> !UNDRAWN.contains(key)).toList());
    }

    /** The axes these runs can be drawn over: progress, settings in which they differ, metrics. */
    public static List<XAxis> axes(RunStore store, List<RunSummary> runs) {
        List<XAxis> axes = new ArrayList<>(XAxis.PROGRESS);
        Sweep.settings(store, runs).forEach(name -> axes.add(XAxis.setting(name)));
        MetricOrder.sorted(runs.stream().flatMap(run -> run.metrics().keySet().stream())
                .filter(key -> !UNDRAWN.contains(key)).toList()).forEach(key -> axes.add(XAxis.metric(key)));
        return axes;
    }

    /** The chart of a metric; empty where there is nothing to draw: no run logged it more than once. */
    public Optional<Chart> of(String key) {
        if (question.axis().isSetting()) {
            return new Sweep(store, runs, names, colours, question.axis().name()).of(key);
        }
        if (question.axis().equals(XAxis.metric(key))) {
            return Optional.empty();
        }
        List<Series> logged = runs.parallelStream().map(run -> read(run.id(), key)).toList(); // readers never wait
        if (logged.stream().noneMatch(series -> series.size() > 1)) {
            return Optional.empty();
        }
        Chart chart = groups.isEmpty() ? lines(key, logged) : means(key, logged);
        return Optional.of(chart.withLabel(caution(key, logged)).withSmoothing(question.smoothing()));
    }

    private Chart lines(String key, List<Series> logged) {
        List<ChartSeries> lines = new ArrayList<>();
        List<Band> bands = new ArrayList<>();
        List<Series> smooth = question.smoothing() > 0
                ? runs.parallelStream().map(run -> smooth(run.id(), key)).toList()
                : logged.stream().map(series -> Series.EMPTY).toList();
        for (int i = 0; i < logged.size(); i++) {
            Curve curve = places.get(i).of(logged.get(i));
            lines.add(new ChartSeries(names.get(i), colours.get(i), curve, places.get(i).of(smooth.get(i))));
            if (key.equals(Metrics.EVAL_ACCURACY) && runs.size() <= BANDS_AT_MOST) {
                wilson(i, logged.get(i)).ifPresent(bands::add);
            }
        }
        if (key.equals(Metrics.EVAL_ACCURACY)) {
            lines.addAll(askedLater());
        }
        return Chart.of(key, question.axis().label(), lines).withBands(bands)
                .withMarkers(IntStream.range(0, resumes.size()).filter(i -> !logged.get(i).isEmpty()).boxed()
                        .flatMap(i -> resumes.get(i).stream()).toList());
    }

    /** Dots in the runs' colours, named for what they are: other problems, asked after training. */
    private List<ChartSeries> askedLater() {
        List<ChartSeries> dots = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Map<String, NavigableMap<Integer, Double>> byProblems = new LinkedHashMap<>();
            store.afterTraining().figures(runs.get(i).id()).forEach(late -> byProblems
                    .computeIfAbsent(late.dataset().display(), key -> new TreeMap<>())
                    .put(late.step(), late.metrics().getOrDefault(Metrics.EVAL_ACCURACY, Double.NaN)));
            for (Map.Entry<String, NavigableMap<Integer, Double>> asked : byProblems.entrySet()) {
                Series points = Series.of(asked.getValue().keySet().stream().mapToLong(Integer::longValue).toArray(),
                        asked.getValue().values().stream().mapToDouble(Double::doubleValue).toArray());
                dots.add(new ChartSeries(names.get(i) + ": " + asked.getKey() + ", asked later", colours.get(i),
                        places.get(i).of(points), Curve.EMPTY, true));
            }
        }
        return dots;
    }

    private Chart means(String key, List<Series> logged) {
        List<ChartSeries> lines = new ArrayList<>();
        List<Band> bands = new ArrayList<>();
        for (SeedGroup group : groups) {
            int first = group.members().getFirst();
            if (group.members().size() == 1) {
                Series alone = logged.get(first);
                lines.add(new ChartSeries(names.get(first), colours.get(first), places.get(first).of(shown(alone)),
                        question.smoothing() > 0 ? places.get(first).of(smooth(alone)) : Curve.EMPTY));
                continue;
            }
            SeedSpread spread = SeedSpread.of(group.members().stream().map(logged::get).toList());
            Places where = places.get(first);
            Curve smooth = question.smoothing() > 0
                    ? where.of(shown(Smoothing.smooth(spread.mean(), question.smoothing())))
                    : Curve.EMPTY;
            lines.add(new ChartSeries(groupName(first) + " (n=" + group.members().size() + ")", colours.get(first),
                    where.of(shown(spread.mean())), smooth));
            bands.add(new Band(colours.get(first), where.of(shown(spread.low())), where.of(shown(spread.high()))));
        }
        return Chart.of(key, question.axis().label(), lines).withBands(bands);
    }

    /** A run's own name, where no other group has it. */
    private String groupName(int first) {
        String name = runs.get(first).name();
        boolean telling = groups.stream().filter(group -> runs.get(group.members().getFirst()).name().equals(name))
                .count() == 1;
        return telling ? name : names.get(first);
    }

    /** Means need the same steps of every seed, and another metric's axis all steps; else as many as can be drawn. */
    private Series read(int run, String key) {
        if (!groups.isEmpty() || question.axis().kind() == XAxis.Kind.METRIC) {
            long from = question.smoothing() > 0 ? 0 : question.fromStep();
            return store.series(run, key, from, question.toStep());
        }
        return store.series(run, key, question.fromStep(), toStep(), buckets());
    }

    private int buckets() {
        return Math.clamp(POINTS / Math.max(1, runs.size()), FEWEST_BUCKETS, BUCKETS);
    }

    /** The same for every run, so that the buckets of all are equally wide. */
    private long toStep() {
        long last = runs.stream().mapToLong(RunSummary::lastStep).max().orElse(0);
        return Math.min(last, question.toStep());
    }

    /** Over every logged point from the first on, whatever part is shown and however few can be drawn. */
    private Series smooth(int run, String key) {
        return smooth(store.series(run, key, 0, question.toStep()));
    }

    private Series smooth(Series all) {
        Series smooth = shown(Smoothing.smooth(all, question.smoothing()));
        return question.axis().kind() == XAxis.Kind.METRIC
                ? smooth
                : MinMax.thin(smooth, question.fromStep(), toStep(), buckets());
    }

    private Series shown(Series series) {
        return series.between(question.fromStep(), question.toStep());
    }

    private List<List<Marker>> resumes() {
        return IntStream.range(0, runs.size()).mapToObj(this::resumes).toList();
    }

    private List<Marker> resumes(int i) {
        List<Integer> steps = store.resumedAfter(runs.get(i).id());
        if (steps.isEmpty()) {
            return List.of();
        }
        Curve where = places.get(i)
                .of(Series.of(steps.stream().mapToLong(Integer::longValue).toArray(), new double[steps.size()]));
        return IntStream.range(0, where.size()).mapToObj(k -> new Marker(where.x(k), colours.get(i),
                names.get(i) + ": resumed after step " + Numbers.step(where.step(k)))).toList();
    }

    /** Quantities of one name that are not one quantity, among the runs that have it. */
    private String caution(String key, List<Series> logged) {
        if (differ(logged, run -> run.hasRunFile() ? "" : run.origin().orElse(""))) {
            return "imported runs: as their programs define it";
        }
        if (key.contains("rewards/") && differ(logged, MetricCharts::reward)) {
            return "rewards are defined differently";
        }
        if (key.startsWith(Metrics.EVAL) && differ(logged, run -> heldOut.computeIfAbsent(run.id(),
                id -> Differences.heldOut(store.specJson(id))))) {
            return "asked different held-out rows";
        }
        boolean isLoss = key.equals(Metrics.LOSS) || key.equals(Metrics.EVAL + Metrics.LOSS);
        return isLoss && differ(logged, RunSummary::objective) ? "each objective's own loss" : "";
    }

    private boolean differ(List<Series> logged, Function<RunSummary, String> property) {
        Set<String> found = new TreeSet<>();
        for (int i = 0; i < logged.size(); i++) {
            if (!logged.get(i).isEmpty()) {
                found.add(property.apply(runs.get(i)));
            }
        }
        return found.size() > 1;
    }

    private static String reward(RunSummary run) {
        return Objectives.find(run.objective()).map(type -> type.reward()).orElse(run.objective());
    }

    /** How sure an accuracy is, given the problems behind it. */
    private Optional<Band> wilson(int i, Series accuracy) {
        Series counts = read(runs.get(i).id(), Metrics.EVAL_COUNT);
        if (accuracy.size() < 2 || accuracy.size() != counts.size()) {
            return Optional.empty();
        }
        return Optional.of(new Band(colours.get(i), places.get(i).of(edge(accuracy, counts, Interval::low)),
                places.get(i).of(edge(accuracy, counts, Interval::high))));
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

    /** Which runs differ only in their seed, by their places among the runs. */
    private record SeedGroup(List<Integer> members) {

        static List<SeedGroup> of(RunStore store, List<RunSummary> runs) {
            Map<Object, List<Integer>> bySettings = new LinkedHashMap<>();
            for (int i = 0; i < runs.size(); i++) {
                bySettings.computeIfAbsent(Differences.allButSeed(runs.get(i), store.specJson(runs.get(i).id())),
                        key -> new ArrayList<>()).add(i);
            }
            return bySettings.values().stream().map(SeedGroup::new).toList();
        }
    }
}
