package preflab.app.compare;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.collections.ListChangeListener;
import preflab.app.chart.ChartExport;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.dialog.FilePicker;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.RunSpec;
import preflab.projects.chart.Chart;
import preflab.projects.chart.Cloud;
import preflab.projects.chart.Palette;
import preflab.projects.chart.ViewPort;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.MetricCharts;
import preflab.projects.compare.RunDetails;
import preflab.projects.compare.RunFinder;
import preflab.projects.compare.RunRow;
import preflab.projects.compare.filter.FilterException;
import preflab.projects.export.HtmlReport;
import preflab.projects.store.RunSummary;
import preflab.projects.workspace.OutdatedRuns;
import preflab.projects.workspace.Workspace;

/** Keeps the comparison of the picked runs up to date and saves it. */
public final class CompareController {

    /** As many as are told apart at a glance; more are picked by hand. */
    private static final int PICKED_AT_FIRST = 4;

    /** Lines of the table that are changed one by one. */
    private static final int ONE_BY_ONE = 20;

    private static final FilePicker.Filter HTML = FilePicker.Filter.of("Report (HTML)", "*.html");
    private static final FilePicker.Filter PICTURE = FilePicker.Filter.of("Picture (PNG, SVG)", "*.png", "*.svg");

    private final CompareModel model;
    private final Workspace workspace;
    private final FilePicker files;
    private final Work work;
    private final ErrorModel errors;
    private final Latest comparing;
    private final Latest filtering;
    private final Latest reading;
    private final RunFinder finder;
    private final ChartsController charts;
    private final RunImports imports;
    private final EvidenceController evidence;
    private final RunExports exports;
    private final RunNotes notes;
    private final RunPicks picks;
    private final DiagnosisController diagnosis;
    private final ExamplesController examples;
    private Set<Integer> known = Set.of();
    private final Latest checkingLabels;
    private IntConsumer whenDuplicated = run -> {
    };
    private ObjIntConsumer<DatasetVersionId> whenLabelWanted = (version, row) -> {
    };

    public CompareController(CompareModel model, Workspace workspace, FilePicker files, Work work,
            ErrorModel errors) {
        this.model = model;
        this.workspace = workspace;
        this.files = files;
        this.work = work;
        this.errors = errors;
        this.comparing = new Latest(work);
        this.filtering = new Latest(work);
        this.reading = new Latest(work);
        this.checkingLabels = new Latest(work);
        this.finder = new RunFinder(workspace.runs());
        this.charts = new ChartsController(model, workspace, work, errors);
        this.exports = new RunExports(model, workspace, files, work, errors);
        this.picks = new RunPicks(model);
        this.notes = new RunNotes(model, workspace, work, errors, this::showNotes);
        this.evidence = new EvidenceController(model, workspace, work, errors);
        evidence.setWhenAsked(this::compare);
        this.diagnosis = new DiagnosisController(workspace, work, errors, this::compare);
        this.examples = new ExamplesController(model, workspace, work, errors);
        this.imports = new RunImports(model, workspace, files, work, errors);
        model.picked().addListener((ListChangeListener<Integer>) change -> compare());
        model.baselineProperty().subscribe((before, now) -> compare());
        model.filterProperty().subscribe((before, now) -> filter());
        model.groupingProperty().subscribe((before, now) -> filter());
        model.archivedProperty().subscribe((before, now) -> filter());
        model.baselineProperty().subscribe((before, now) -> filter());
        model.selectedProperty().subscribe((before, now) -> readDetails());
    }

    /** Takes over how the table looked the last time, and keeps it from now on. */
    public void remember(CompareMemory memory) {
        memory.fill(model);
    }

    /** What to do with a run's settings when asked to train with them again. */
    public void setWhenDuplicated(IntConsumer action) {
        whenDuplicated = action;
    }

    /** Takes a run's settings over into a new one. */
    public void duplicate(int run) {
        whenDuplicated.accept(run);
    }

    /** Who takes a person to the label of a row, counted from 0. */
    public void setWhenLabelWanted(ObjIntConsumer<DatasetVersionId> action) {
        whenLabelWanted = action;
        examples.setWhenLabelWanted(action);
    }

    /** To the labels of the rows that a run was trained on. */
    public void showLabels(int run) {
        showTrainedRow(run, 0);
    }

    private void showLabel(int run, int row, Function<RunSpec, Optional<DatasetVersionId>> version) {
        work.start(() -> version.apply(workspace.runs().spec(run)),
                found -> found.ifPresentOrElse(id -> whenLabelWanted.accept(id, row),
                        () -> model.savedProperty().set("Run " + run + " names no held-out rows")),
                failure -> errors.show(ErrorReport.of("Reading run " + run, failure)));
    }

    /** Looks anew which runs used labels that were mended since. */
    public void refreshOutdated() {
        charts.afterFirst(checkingLabels,
                () -> checkingLabels.start(() -> OutdatedRuns.of(workspace), model.outdatedProperty()::set,
                        failure -> errors.show(ErrorReport.of("Looking for labels that were mended", failure))));
    }

    public CompareModel model() {
        return model;
    }

    /** Runs of other programs and projects. */
    public RunImports imports() {
        return imports;
    }

    RunExports exports() {
        return exports;
    }

    /** Test problems, and more seeds. */
    public EvidenceController evidence() {
        return evidence;
    }

    /** The rows behind what is found. */
    DiagnosisController diagnosis() {
        return diagnosis;
    }

    /** To the label of a row that a run was trained on. */
    void showTrainedRow(int run, int row) {
        showLabel(run, row, spec -> Optional.of(spec.dataset()));
    }

    /** The rows that the picked runs answered. */
    public ExamplesController examples() {
        return examples;
    }

    /** The charts of the picked runs. */
    public ChartsController charts() {
        return charts;
    }

    /** Takes over the list of runs; the first time, and for the first runs, picks the newest. */
    public void setRuns(List<RunSummary> runs) {
        Set<RunSummary> before = Set.copyOf(model.runs());
        model.runs().setAll(runs);
        filter();
        Set<Integer> numbers = runs.stream().map(RunSummary::id).collect(Collectors.toSet());
        Set<Integer> fresh = new HashSet<>(numbers);
        fresh.removeAll(known);
        known = numbers;
        List<Integer> pick = runs.stream().map(RunSummary::id).filter(fresh::contains).sorted()
                .skip(Math.max(0, fresh.size() - PICKED_AT_FIRST))
                .limit(Math.max(0, PICKED_AT_FIRST - model.picked().size())).toList();
        Integer baseline = model.baselineProperty().get();
        if (baseline != null && !runs.isEmpty() && !model.isPicked(baseline)) { // remembered from the last time
            model.baselineProperty().set(numbers.contains(baseline) ? baseline : null);
            pick = Stream.concat(Stream.of(baseline), pick.stream().filter(run -> !run.equals(baseline)))
                    .filter(numbers::contains).toList();
        }
        boolean changed = runs.stream()
                .anyMatch(run -> model.picked().contains(run.id()) && !before.contains(run));
        if (!pick.isEmpty()) {
            model.picked().addAll(pick);
        } else if (changed) {
            charts.read();
            compare();
        }
        refreshOutdated();
        charts.afterFirst(evidence, evidence::lookForWaiting);
    }

    /** Shows the runs that fit; while the filter cannot be read, those that fitted last. */
    private void filter() {
        String filter = model.filterProperty().get();
        List<RunSummary> runs = List.copyOf(model.runs());
        Integer baseline = model.baselineProperty().get();
        RunFinder.Question question = new RunFinder.Question(filter, model.archivedProperty().get(),
                model.groupingProperty().get(), baseline == null ? OptionalInt.empty() : OptionalInt.of(baseline));
        List<String> columns = List.copyOf(model.columns());
        String sorting = model.sortingProperty().get().column();
        filtering.start(() -> {
            RunFinder.Found found = finder.rows(runs, question);
            found.rows().forEach(row -> row.prepare(columns, sorting));
            return found;
        }, found -> {
            model.filterProblemProperty().set("");
            show(found);
        }, failure -> {
            if (failure instanceof FilterException problem) {
                model.filterProblemProperty().set(marked(filter, problem));
            } else {
                errors.show(ErrorReport.of("Filtering runs", failure));
            }
        });
    }

    /** Changes no more of the table than what is new, so that nothing jumps under the hand. */
    private void show(RunFinder.Found found) {
        List<String> columns = List.copyOf(found.columns());
        if (!model.available().equals(columns)) {
            model.available().setAll(columns);
        }
        List<RunRow> rows = found.rows();
        boolean sameLines = model.rows().stream().map(RunRow::numbers).toList()
                .equals(rows.stream().map(RunRow::numbers).toList());
        int[] changed = IntStream.range(0, sameLines ? rows.size() : 0)
                .filter(i -> !model.rows().get(i).equals(rows.get(i))).toArray();
        if (!sameLines || changed.length > ONE_BY_ONE) { // each line changed by itself makes the table look for itself
            model.rows().setAll(rows);
            return;
        }
        IntStream.of(changed).forEach(i -> model.rows().set(i, rows.get(i)));
    }

    private void readDetails() {
        RunRow row = model.selectedProperty().get();
        if (row == null) {
            reading.cancel();
            model.detailsProperty().set(null);
            return;
        }
        int run = row.runs().getFirst().id();
        reading.start(() -> RunDetails.of(workspace, run), model.detailsProperty()::set,
                failure -> errors.show(ErrorReport.of("Reading run " + run, failure)));
    }

    /** What a person says of runs. */
    RunNotes notes() {
        return notes;
    }

    /** Shows what was said of runs meanwhile. */
    private void showNotes() {
        filter();
        readDetails();
    }

    private static String marked(String filter, FilterException problem) {
        return filter.substring(0, problem.at()) + "▸" + filter.substring(problem.at()) + "   " + problem.getMessage();
    }

    /** Which runs are compared, and against which. */
    RunPicks picks() {
        return picks;
    }

    /** Picks a run, or leaves it out. */
    public void toggle(int run) {
        picks.toggle(List.of(run));
    }

    /** Measures the others against this run, or no longer. */
    public void star(int run) {
        picks.star(List.of(run));
    }

    private void compare() {
        List<Integer> runs = List.copyOf(model.picked());
        Integer baseline = model.baselineProperty().get();
        if (runs.isEmpty()) {
            comparing.cancel();
            charts.afterFirst(comparing, () -> {
            });
            model.busyProperty().set(false);
            model.comparisonProperty().set(null);
            return;
        }
        model.busyProperty().set(true);
        OptionalInt against = baseline == null || !runs.contains(baseline)
                ? OptionalInt.empty()
                : OptionalInt.of(baseline);
        charts.afterFirst(comparing, () -> compare(runs, against));
    }

    /** A person looks at the charts first: nothing else runs before they are there. */
    private void compare(List<Integer> runs, OptionalInt against) {
        Runnable aside = work.stepAside();
        comparing.start(() -> {
            Comparison comparison = Comparison.withoutCharts(workspace, runs, against, aside);
            aside.run(); // nor are tables filled under a person's hands
            return comparison;
        }, comparison -> {
            model.busyProperty().set(false);
            model.comparisonProperty().set(comparison);
        }, failure -> {
            model.busyProperty().set(false);
            errors.show(ErrorReport.of("Comparing runs", failure));
        });
    }

    /** Asks where and saves the comparison as one HTML file, with all charts over steps. */
    public void saveReport() {
        Comparison shown = model.comparisonProperty().get();
        if (shown != null) {
            files.save("Save report", workspace.name() + "-comparison.html", HTML)
                    .ifPresent(file -> save(file, () -> {
                        HtmlReport.write(shown.withCharts(MetricCharts.all(workspace.runs(), shown.runs(),
                                shown.names())), file);
                        return file;
                    }));
        }
    }

    /** Asks where and saves the part of a chart that is shown, as the file's name says. */
    public void saveChart(Chart chart, ViewPort view, Palette palette) {
        savePicture(fileName(chart.title()), () -> ChartExport.picture(chart, view, palette),
                () -> ChartExport.svg(chart, view, palette));
    }

    /** The same for points. */
    void saveCloud(Cloud cloud, Palette palette) {
        savePicture("examples", () -> ChartExport.picture(cloud, palette), () -> ChartExport.svg(cloud, palette));
    }

    private void savePicture(String name, Supplier<BufferedImage> picture, Supplier<String> svg) {
        files.save("Save chart", name + ".png", PICTURE).ifPresent(file -> {
            Optional<BufferedImage> drawn = ChartExport.isSvg(file) ? Optional.empty() : Optional.of(picture.get());
            save(file, () -> {
                if (drawn.isPresent()) {
                    ChartExport.writePng(drawn.get(), file);
                } else {
                    ChartExport.writeSvg(svg.get(), file);
                }
                return file;
            });
        });
    }

    private void save(Path file, Callable<Path> writing) {
        model.savedProperty().set("Saving " + file.getFileName() + "…");
        work.start(writing, written -> model.savedProperty().set("Saved " + written), failure -> {
            model.savedProperty().set("");
            errors.show(ErrorReport.of("Saving " + file.getFileName(), failure));
        });
    }

    private static String fileName(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
