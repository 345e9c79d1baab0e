package preflab.app.compare;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import preflab.app.chart.ChartExport;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.dialog.FilePicker;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.projects.chart.Chart;
import preflab.projects.chart.Palette;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.RunFinder;
import preflab.projects.compare.filter.FilterException;
import preflab.projects.export.HtmlReport;
import preflab.projects.store.RunSummary;
import preflab.projects.workspace.Workspace;

/** Keeps the comparison of the picked runs up to date and saves it. */
public final class CompareController {

    /** As many as are told apart at a glance; more are picked by hand. */
    private static final int PICKED_AT_FIRST = 4;

    private static final FilePicker.Filter HTML = FilePicker.Filter.of("Report (HTML)", "*.html");
    private static final FilePicker.Filter PICTURE = FilePicker.Filter.of("Picture (PNG, SVG)", "*.png", "*.svg");

    private final CompareModel model;
    private final Workspace workspace;
    private final FilePicker files;
    private final Work work;
    private final ErrorModel errors;
    private final Latest comparing;
    private final Latest filtering;
    private final RunFinder finder;
    private Set<Integer> known = Set.of();

    public CompareController(CompareModel model, Workspace workspace, FilePicker files, Work work,
            ErrorModel errors) {
        this.model = model;
        this.workspace = workspace;
        this.files = files;
        this.work = work;
        this.errors = errors;
        this.comparing = new Latest(work);
        this.filtering = new Latest(work);
        this.finder = new RunFinder(workspace.runs());
        model.picked().addListener((ListChangeListener<Integer>) change -> compare());
        model.baselineProperty().subscribe((before, now) -> compare());
        model.filterProperty().subscribe((before, now) -> filter());
    }

    public CompareModel model() {
        return model;
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
        boolean changed = runs.stream()
                .anyMatch(run -> model.picked().contains(run.id()) && !before.contains(run));
        if (!pick.isEmpty()) {
            model.picked().addAll(pick);
        } else if (changed) {
            compare();
        }
    }

    /** Shows the runs that fit; while the filter cannot be read, those that fitted last. */
    private void filter() {
        String filter = model.filterProperty().get();
        List<RunSummary> runs = List.copyOf(model.runs());
        filtering.start(() -> finder.find(runs, filter), found -> {
            model.filterProblemProperty().set("");
            model.shown().setPredicate(run -> found.contains(run.id()));
        }, failure -> {
            if (failure instanceof FilterException problem) {
                model.filterProblemProperty().set(marked(filter, problem));
            } else {
                errors.show(ErrorReport.of("Filtering runs", failure));
            }
        });
    }

    private static String marked(String filter, FilterException problem) {
        return filter.substring(0, problem.at()) + "▸" + filter.substring(problem.at()) + "   " + problem.getMessage();
    }

    /** Picks a run, or leaves it out. */
    public void toggle(int run) {
        if (model.picked().contains(run)) {
            model.picked().removeIf(number -> number == run);
            if (Integer.valueOf(run).equals(model.baselineProperty().get())) {
                model.baselineProperty().set(null);
            }
        } else {
            model.picked().add(run);
        }
    }

    /** Measures the others against this run, or no longer. */
    public void star(int run) {
        boolean starred = Integer.valueOf(run).equals(model.baselineProperty().get());
        if (!starred && !model.picked().contains(run)) {
            model.picked().add(run);
        }
        model.baselineProperty().set(starred ? null : run);
    }

    private void compare() {
        List<Integer> runs = List.copyOf(model.picked());
        Integer baseline = model.baselineProperty().get();
        if (runs.isEmpty()) {
            comparing.cancel();
            model.busyProperty().set(false);
            model.comparisonProperty().set(null);
            return;
        }
        model.busyProperty().set(true);
        comparing.start(() -> baseline == null || !runs.contains(baseline)
                ? Comparison.of(workspace, runs)
                : Comparison.of(workspace, runs, baseline), comparison -> {
                    model.busyProperty().set(false);
                    model.comparisonProperty().set(comparison);
                }, failure -> {
                    model.busyProperty().set(false);
                    errors.show(ErrorReport.of("Comparing runs", failure));
                });
    }

    /** Asks where and saves the comparison as one HTML file. */
    public void saveReport() {
        Comparison comparison = model.comparisonProperty().get();
        if (comparison != null) {
            files.save("Save report", workspace.name() + "-comparison.html", HTML)
                    .ifPresent(file -> save(file, () -> {
                        HtmlReport.write(comparison, file);
                        return file;
                    }));
        }
    }

    /** Asks where and saves a chart, as the file's name says. */
    public void saveChart(Chart chart, Palette palette) {
        files.save("Save chart", fileName(chart.title()) + ".png", PICTURE).ifPresent(file -> {
            if (ChartExport.isSvg(file)) {
                save(file, () -> {
                    ChartExport.writeSvg(chart, palette, file);
                    return file;
                });
            } else {
                BufferedImage picture = ChartExport.picture(chart, palette);
                save(file, () -> {
                    ChartExport.writePng(picture, file);
                    return file;
                });
            }
        });
    }

    private void save(Path file, Callable<Path> writing) {
        work.start(writing, written -> model.savedProperty().set("Saved " + written),
                failure -> errors.show(ErrorReport.of("Saving " + file.getFileName(), failure)));
    }

    private static String fileName(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
