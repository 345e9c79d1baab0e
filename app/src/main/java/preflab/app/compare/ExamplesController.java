package preflab.app.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.app.widget.Words;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.RowReading;
import preflab.engine.train.Sample;
import preflab.engine.train.SideReading;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.ExampleRow;
import preflab.projects.compare.ExampleRows;
import preflab.projects.compare.WordDiff;
import preflab.projects.score.RowScore;
import preflab.projects.score.RowScores;
import preflab.projects.score.RowScoring;
import preflab.projects.score.RowScoringProcess;
import preflab.projects.score.ScoreSource;
import preflab.projects.score.StepValue;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunSummary;
import preflab.projects.store.StoredCheckpoint;
import preflab.projects.workspace.Workspace;

/** Reads the rows that the picked runs answered, what they score, and one of them in full. */
public final class ExamplesController {

    private final ExamplesModel examples = new ExamplesModel();
    private final CompareModel model;
    private final Workspace workspace;
    private final Work work;
    private final ErrorModel errors;
    private final Latest loading;
    private final Latest reading;
    private Work.Handle scoring = () -> {
    };
    private ObjIntConsumer<DatasetVersionId> whenDataWanted = (version, row) -> {
    };
    private ObjIntConsumer<DatasetVersionId> whenLabelWanted = (version, row) -> {
    };
    private Runnable whenOpened = () -> {
    };
    private int wantedRun; // whose readings are to be shown next; 0 for no matter
    private boolean settling;
    private String failed = ""; // why the last scoring ended early

    ExamplesController(CompareModel model, Workspace workspace, Work work, ErrorModel errors) {
        this.model = model;
        this.workspace = workspace;
        this.work = work;
        this.errors = errors;
        this.loading = new Latest(work);
        this.reading = new Latest(work);
        model.comparisonProperty().subscribe(comparison -> refresh());
        examples.activeProperty().subscribe(active -> refresh());
        examples.datasetProperty().subscribe(dataset -> refresh());
        examples.limitProperty().subscribe(limit -> refresh());
        examples.selectedProperty().subscribe(row -> read());
    }

    public ExamplesModel model() {
        return examples;
    }

    /** Who takes a person to a row of a version, counted from 0. */
    public void setWhenDataWanted(ObjIntConsumer<DatasetVersionId> action) {
        whenDataWanted = action;
    }

    void setWhenLabelWanted(ObjIntConsumer<DatasetVersionId> action) {
        whenLabelWanted = action;
    }

    /** Who brings the examples to the front. */
    void setWhenOpened(Runnable action) {
        whenOpened = action;
    }

    /** To a row of a version, counted from 0, as a picked run changed it from its reference. */
    void open(DatasetVersionId dataset, int run, int row) {
        settling = true;
        wantedRun = run;
        examples.queryProperty().set("");
        if (!dataset.equals(examples.datasetProperty().get())) {
            examples.show(List.of()); // rows of another version are not taken for this one's meanwhile
            examples.datasetProperty().set(dataset);
        }
        examples.limitProperty().set(ExamplesModel.LIMITS.stream()
                .filter(limit -> limit > row && limit >= examples.limitProperty().get()).findFirst()
                .orElse(ExamplesModel.LIMITS.getLast()));
        settling = false;
        examples.selectedProperty().set(row);
        whenOpened.run();
        refresh();
    }

    void showData(ExampleDetail detail) {
        whenDataWanted.accept(detail.dataset(), detail.row().row());
    }

    void showLabel(ExampleDetail detail) {
        whenLabelWanted.accept(detail.dataset(), detail.row().row());
    }

    /** What was read of the rows at once. */
    private record Loaded(List<DatasetVersionId> datasets, DatasetVersionId dataset, List<ExampleSource> sources,
            List<ExampleRow> rows, boolean complete, String problem, Optional<Span> span) {
    }

    /** What changes are shown between. */
    private record Span(ExampleSource from, ExampleSource to) {
    }

    /** Reads rows, answers and kept scores anew, if anybody looks. */
    private void refresh() {
        Comparison comparison = model.comparisonProperty().get();
        if (settling || !examples.activeProperty().get()) {
            return;
        }
        if (comparison == null) {
            loading.cancel();
            take(new Loaded(List.of(), null, List.of(), List.of(), true, "", Optional.empty()));
            return;
        }
        DatasetVersionId wanted = examples.datasetProperty().get();
        int limit = examples.limitProperty().get();
        int run = wantedRun;
        loading.start(() -> load(comparison, wanted, limit, run), this::take,
                failure -> errors.show(ErrorReport.of("Reading examples", failure)));
    }

    private Loaded load(Comparison comparison, DatasetVersionId wanted, int limit, int run) {
        List<Integer> runs = comparison.runs().stream().map(RunSummary::id).toList();
        List<DatasetVersionId> datasets = ExampleRows.datasets(workspace, runs).stream().filter(this::isThere)
                .toList();
        if (datasets.isEmpty()) {
            return new Loaded(datasets, null, List.of(), List.of(), true,
                    "The data of these runs is not in this project any more.", Optional.empty());
        }
        DatasetVersionId dataset = datasets.contains(wanted) ? wanted : datasets.getFirst();
        List<String> without = new ArrayList<>();
        List<ExampleSource> sources = sources(comparison, without);
        List<ExampleRow> rows = ExampleRows.of(workspace, dataset, runs, limit, sources.size());
        List<Optional<RowScores>> scores = sources.stream()
                .map(source -> RowScoring.kept(workspace, source.source(), dataset, limit)).toList();
        String problem = without.isEmpty()
                ? ""
                : "Without a checkpoint there is nothing to score: " + String.join(", ", without) + ".";
        return new Loaded(datasets, dataset, sources, scored(rows, scores),
                scores.stream().allMatch(Optional::isPresent), problem, span(run, sources));
    }

    /** From the reference of a run to the run; empty where either cannot be read. */
    private Optional<Span> span(int run, List<ExampleSource> sources) {
        return sources.stream().filter(source -> run > 0 && source.run() == run).findFirst()
                .flatMap(to -> reference(run).map(from -> new Span(from, to)));
    }

    private boolean isThere(DatasetVersionId id) {
        try {
            return workspace.datasets().view(id).size() >= 0;
        } catch (DatasetException e) {
            return false; // deleted since
        }
    }

    private static List<ExampleRow> scored(List<ExampleRow> rows, List<Optional<RowScores>> scores) {
        return rows.stream().map(row -> row.with(scores.stream()
                .map(kept -> kept.<RowScore>map(all -> all.rows().get(row.row()))).toList())).toList();
    }

    /** The frozen models that runs are held against, then the runs at their last checkpoints. */
    private List<ExampleSource> sources(Comparison comparison, List<String> without) {
        Set<ExampleSource> frozen = new LinkedHashSet<>();
        List<ExampleSource> runs = new ArrayList<>();
        for (int i = 0; i < comparison.runs().size(); i++) {
            RunSummary run = comparison.runs().get(i);
            String name = comparison.names().get(i);
            List<StoredCheckpoint> checkpoints = workspace.runs().checkpoints(run.id());
            if (checkpoints.isEmpty()) {
                without.add(name);
            } else {
                runs.add(new ExampleSource(new ScoreSource.OfRun(run.id(), checkpoints.getLast().step()), name,
                        run.id()));
                reference(run.id()).ifPresent(frozen::add);
            }
        }
        List<ExampleSource> all = new ArrayList<>(frozen);
        all.addAll(runs);
        return all;
    }

    private Optional<ExampleSource> reference(int run) {
        try {
            ScoreSource source = ScoreSource.reference(workspace, run);
            return Optional.of(new ExampleSource(source, "reference " + source.id(), 0));
        } catch (ProjectException e) {
            return Optional.empty(); // the folder is gone; the runs are still there
        }
    }

    private void take(Loaded loaded) {
        settling = true;
        if (!examples.datasets().equals(loaded.datasets())) {
            examples.datasets().setAll(loaded.datasets());
        }
        examples.datasetProperty().set(loaded.dataset());
        if (!examples.sources().equals(loaded.sources())) {
            ExampleSource from = examples.fromProperty().get();
            ExampleSource to = examples.toProperty().get();
            examples.sources().setAll(loaded.sources());
            List<ExampleSource> runs = loaded.sources().stream().filter(ExampleSource::isRun).toList();
            examples.toProperty().set(loaded.sources().contains(to) ? to : runs.isEmpty() ? null : runs.getLast());
            examples.fromProperty().set(loaded.sources().contains(from) && !from.equals(examples.toProperty().get())
                    ? from
                    : first(loaded.sources(), runs));
        }
        loaded.span().ifPresent(span -> {
            examples.toProperty().set(span.to());
            examples.fromProperty().set(span.from());
        });
        wantedRun = loaded.rows().isEmpty() ? wantedRun : 0;
        settling = false;
        examples.problemProperty().set((loaded.problem() + " " + failed).strip());
        examples.completeProperty().set(loaded.complete());
        examples.show(loaded.rows());
        read();
    }

    /** Changes are measured from the baseline, else from the frozen model. */
    private ExampleSource first(List<ExampleSource> sources, List<ExampleSource> runs) {
        Integer baseline = model.baselineProperty().get();
        ExampleSource to = examples.toProperty().get();
        return runs.stream().filter(run -> baseline != null && run.run() == baseline && !run.equals(to)).findFirst()
                .or(() -> sources.stream().filter(source -> !source.equals(to)).findFirst()).orElse(null);
    }

    private void read() {
        Integer selected = examples.selectedProperty().get();
        Comparison comparison = model.comparisonProperty().get();
        Optional<ExampleRow> row = examples.rows().stream().filter(r -> selected != null && r.row() == selected)
                .findFirst();
        if (row.isEmpty() || comparison == null) {
            reading.cancel();
            examples.detailProperty().set(null);
            return;
        }
        DatasetVersionId dataset = examples.datasetProperty().get();
        List<ExampleSource> sources = List.copyOf(examples.sources());
        reading.start(() -> detail(comparison, dataset, row.get(), sources), examples.detailProperty()::set,
                failure -> errors.show(ErrorReport.of("Reading row " + (selected + 1), failure)));
    }

    private ExampleDetail detail(Comparison comparison, DatasetVersionId dataset, ExampleRow row,
            List<ExampleSource> sources) {
        Map<ExampleSource, RowReading> readings = new LinkedHashMap<>();
        Map<ExampleSource, List<StepValue>> steps = new LinkedHashMap<>();
        for (ExampleSource source : sources) {
            RowScoring.reading(workspace, source.source(), dataset, row.row()).ifPresent(found -> {
                readings.put(source, found);
                if (source.isRun()) {
                    steps.put(source, steps(source, found));
                }
            });
        }
        int against = against(comparison, row);
        return new ExampleDetail(dataset, row, comparison.names(), against < 0 ? "" : comparison.names().get(against),
                differences(row, against), readings, steps);
    }

    private List<StepValue> steps(ExampleSource source, RowReading found) {
        return found.sides().size() == 1
                ? StepValue.of(found.sides().getFirst(), workspace.runs().spec(source.run()))
                : List.of();
    }

    /** Place of the baseline if it answered, else of the first run that did; −1 for none. */
    private static int against(Comparison comparison, ExampleRow row) {
        int baseline = comparison.runs().stream().map(RunSummary::id).toList()
                .indexOf(comparison.baseline().orElse(-1));
        return IntStream.concat(IntStream.of(baseline), IntStream.range(0, row.answers().size()))
                .filter(place -> place >= 0 && row.answers().get(place).isPresent()).findFirst().orElse(-1);
    }

    private static List<Optional<List<WordDiff.Piece>>> differences(ExampleRow row, int against) {
        return row.answers().stream().map(answer -> answer.map(sample -> WordDiff
                .of(row.answers().get(against).orElseThrow().completion().strip(), sample.completion().strip())))
                .toList();
    }

    /** Lets every source that has not read the rows read them, one after another. */
    void score() {
        if (examples.scoringProperty().get() || examples.datasetProperty().get() == null) {
            return;
        }
        List<ExampleSource> sources = mostWantedFirst();
        DatasetVersionId dataset = examples.datasetProperty().get();
        int limit = examples.limitProperty().get();
        failed = "";
        examples.scoringProperty().set(true);
        examples.progressProperty().set(-1);
        examples.wordsProperty().set("Loading models…");
        scoring = work.start(() -> scoreAll(sources, dataset, limit), scored -> {
            ended(Words.count(Math.min(limit, scored), "row") + " scored.");
        }, failure -> {
            failed = failure instanceof ProjectException problem ? problem.getMessage() : "";
            ended("");
            if (failed.isEmpty() && !(failure instanceof CancellationException)) {
                errors.show(ErrorReport.of("Scoring rows of " + dataset.display(), failure));
            }
        });
    }

    /** The two that the points are drawn from, so that points are there before all is done. */
    private List<ExampleSource> mostWantedFirst() {
        Set<ExampleSource> sources = new LinkedHashSet<>();
        Stream.of(examples.fromProperty().get(), examples.toProperty().get()).filter(Objects::nonNull)
                .forEach(sources::add);
        sources.addAll(examples.sources());
        return List.copyOf(sources);
    }

    private void ended(String words) {
        examples.scoringProperty().set(false);
        examples.wordsProperty().set(words);
        refresh();
    }

    private int scoreAll(List<ExampleSource> sources, DatasetVersionId dataset, int limit)
            throws InterruptedException {
        int rows = 0;
        for (int i = 0; i < sources.size(); i++) {
            int before = i;
            ExampleSource source = sources.get(i);
            Optional<RowScores> kept = RowScoring.kept(workspace, source.source(), dataset, limit);
            RowScores scores = kept.isPresent()
                    ? kept.get()
                    : RowScoringProcess.ofThisProgram().make(workspace, source.source(), dataset, limit,
                            (done, total) -> work.onWindow(() -> {
                                examples.progressProperty()
                                        .set((before + (double) done / Math.max(1, total)) / sources.size());
                                examples.wordsProperty().set(source.name() + ": " + Words.count(done) + " of "
                                        + Words.count(total, "row"));
                            }));
            rows = scores.rows().size();
            work.onWindow(this::refresh);
        }
        return rows;
    }

    /** Ends scoring; rows that were read stay read. */
    void cancel() {
        scoring.cancel();
        ended("Cancelled; what was scored is kept.");
    }

    /** The tokens of a completion as pieces of its text. */
    static List<String> pieces(SideReading side) {
        return side.tokens().stream().map(token -> side.text().substring(token.from(), token.to())).toList();
    }
}
