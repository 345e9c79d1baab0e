package preflab.app.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import preflab.app.chart.ChartModel;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.projects.chart.Chart;
import preflab.projects.chart.ViewPort;
import preflab.projects.compare.ChartQuestion;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.MetricCharts;
import preflab.projects.compare.XAxis;
import preflab.projects.store.RunSummary;
import preflab.projects.workspace.Workspace;

/** Reads the charts of the picked runs a few at a time, the telling ones first, and in more detail where zoomed. */
public final class ChartsController {

    /** Read and shown together: about what is seen at once. */
    private static final int AT_ONCE = 3;
    /** With more runs charts are read one by one, and only the enlarged one in detail. */
    private static final int FEW_RUNS = 16;
    /** Share of the shown range that is read beyond either end, so that a small move needs no reading. */
    private static final double MARGIN = 0.5;

    private final ChartsModel charts = new ChartsModel();
    private final CompareModel model;
    private final Workspace workspace;
    private final Work work;
    private final ErrorModel errors;
    private final Latest reading;
    private final Latest detailing;
    private final Latest looking;
    private boolean axisChosen;
    private boolean firstShown = true;
    private final List<String> shown = new ArrayList<>(); // titles of those read since they were asked for
    private final Map<Object, Runnable> waiting = new LinkedHashMap<>();

    ChartsController(CompareModel model, Workspace workspace, Work work, ErrorModel errors) {
        this.model = model;
        this.workspace = workspace;
        this.work = work;
        this.errors = errors;
        this.reading = new Latest(work);
        this.detailing = new Latest(work);
        this.looking = new Latest(work);
        model.picked().addListener((ListChangeListener<Integer>) change -> read());
        charts.axisProperty().subscribe((before, now) -> {
            axisChosen = true;
            charts.viewProperty().set(ViewPort.ALL);
            charts.charts().clear();
            read();
        });
        charts.seedsAsBandsProperty().subscribe((before, now) -> read());
        model.smoothProperty().subscribe((before, now) -> {
            charts.detailProperty().set(ChartsModel.Detail.NONE);
            read();
        });
        charts.viewProperty().subscribe((before, now) -> readDetail());
        charts.enlargedProperty().subscribe((before, now) -> readDetail());
    }

    public ChartsModel model() {
        return charts;
    }

    /** Reads again what is shown; lines that grew grow in place. */
    void read() {
        List<RunSummary> runs = picked();
        if (runs.isEmpty()) {
            reading.cancel();
            firstShown = true;
            charts.charts().clear();
            charts.nothingProperty().set(false);
            return;
        }
        ChartQuestion question = question();
        firstShown = false;
        reading.start(() -> {
            MetricCharts source = prepared(runs, question);
            return new Some(source, 0, of(source, 0, 1)); // the first is seen the sooner
        }, this::showSome, this::failed);
    }

    /** Charts of a source, and the place of the first of them among all its keys. */
    private record Some(MetricCharts source, int from, List<Optional<Chart>> charts) {
    }

    /**
     * Runs when the first charts of those asked for last are shown; at once if they are.
     *
     * @param what
     *            what is done; another action of the same takes the place of one that still waits
     */
    void afterFirst(Object what, Runnable action) {
        waiting.put(what, action);
        if (firstShown) {
            runWaiting();
        }
    }

    private List<RunSummary> picked() {
        Map<Integer, RunSummary> byNumber = new HashMap<>();
        model.runs().forEach(run -> byNumber.put(run.id(), run));
        return model.picked().stream().map(byNumber::get).filter(run -> run != null).toList();
    }

    private ChartQuestion question() {
        return ChartQuestion.ALL.withAxis(charts.axisProperty().get()).withBands(charts.seedsAsBandsProperty().get())
                .withSmoothing(model.smoothProperty().get() ? ChartModel.SMOOTHING : 0);
    }

    private MetricCharts prepared(List<RunSummary> runs, ChartQuestion question) {
        return new MetricCharts(workspace.runs(), runs, Comparison.names(runs),
                runs.stream().map(run -> model.slot(run.id())).toList(), question);
    }

    private static List<Optional<Chart>> of(MetricCharts source, int from, int count) {
        return source.keys().stream().skip(from).limit(count).map(source::of).toList();
    }

    private void showSome(Some some) {
        List<Chart> found = some.charts().stream().flatMap(Optional::stream).toList();
        if (some.from() == 0) {
            shown.clear();
        }
        show(found, shown.size());
        found.forEach(chart -> shown.add(chart.title()));
        if (some.from() == 0) {
            lookForAxes();
            firstAreShown();
        }
        MetricCharts source = some.source();
        int next = some.from() + some.charts().size();
        if (next < source.keys().size()) {
            int count = model.picked().size() > FEW_RUNS ? 1 : AT_ONCE;
            Runnable aside = work.stepAside();
            reading.start(() -> {
                aside.run();
                return new Some(source, next, of(source, next, count));
            }, this::showSome, this::failed);
        } else {
            charts.charts().removeIf(chart -> !shown.contains(chart.title()));
            charts.nothingProperty().set(shown.isEmpty());
            readDetail();
        }
    }

    private void firstAreShown() {
        if (!firstShown) {
            firstShown = true;
            runWaiting();
        }
    }

    private void runWaiting() {
        List<Runnable> actions = List.copyOf(waiting.values());
        waiting.clear();
        actions.forEach(Runnable::run);
    }

    /** Puts these at their places, in place of older ones of the same metric. */
    private void show(List<Chart> found, int at) {
        if (axisChosen && !found.isEmpty()) {
            axisChosen = false;
            charts.logXProperty().set(found.getFirst().scales().logX());
        }
        for (int i = 0; i < found.size(); i++) {
            int before = charts.titles().indexOf(found.get(i).title());
            int place = Math.min(at + i, charts.charts().size());
            if (before == place) {
                charts.charts().set(place, found.get(i));
            } else {
                if (before >= 0) {
                    charts.charts().remove(before);
                }
                charts.charts().add(Math.min(place, charts.charts().size()), found.get(i));
            }
        }
    }

    private void lookForAxes() {
        List<RunSummary> runs = picked();
        looking.start(() -> MetricCharts.axes(workspace.runs(), runs), this::showAxes, this::failed);
    }

    private void showAxes(List<XAxis> axes) {
        if (!charts.axes().equals(axes)) {
            XAxis chosen = charts.axisProperty().get();
            charts.axes().setAll(axes);
            charts.axisProperty().set(axes.contains(chosen) ? chosen : XAxis.STEP);
        }
    }

    private void readDetail() {
        ViewPort view = charts.viewProperty().get();
        List<RunSummary> runs = picked();
        boolean steps = charts.axisProperty().get().equals(XAxis.STEP) && view.isZoomed();
        String enlarged = charts.enlargedProperty().get();
        if (!steps || (runs.size() > FEW_RUNS && enlarged.isEmpty())) {
            detailing.cancel();
            charts.detailProperty().set(ChartsModel.Detail.NONE);
            return;
        }
        if (charts.detailProperty().get().covers(view)) {
            return;
        }
        double margin = MARGIN * (view.toX() - view.fromX());
        long from = Math.max(0, (long) Math.floor(view.fromX() - margin));
        long to = (long) Math.ceil(view.toX() + margin);
        List<String> titles = enlarged.isEmpty() ? charts.titles() : List.of(enlarged);
        detailing.startCalmly(() -> {
            MetricCharts source = prepared(runs, question().between(from, to));
            Map<String, Chart> found = new HashMap<>();
            titles.forEach(title -> source.of(title).ifPresent(chart -> found.put(title, chart)));
            return new ChartsModel.Detail(from, to, found);
        }, charts.detailProperty()::set, this::failed);
    }

    private void failed(Throwable failure) {
        firstAreShown(); // nothing waits for charts that cannot be read
        errors.show(ErrorReport.of("Reading the charts", failure));
    }
}
