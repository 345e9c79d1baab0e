package preflab.app.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.dialog.FilePicker;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;
import preflab.datasets.store.DatasetInfo;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.train.RunSpec;
import preflab.projects.run.LaunchCheck;
import preflab.projects.run.LaunchEstimate;
import preflab.projects.run.ModelRefs;
import preflab.projects.run.RunLauncher;
import preflab.projects.store.RunSummary;
import preflab.projects.workspace.Workspace;

/** Checks what the form says and starts runs, each in a process of its own. */
public final class TrainController {

    private final TrainModel model;
    private final LiveController live;
    private final Workspace workspace;
    private final FilePicker files;
    private final ErrorModel errors;
    private final Latest checking;
    private final Latest offering;
    private final FormEstimate estimate;

    public TrainController(TrainModel model, LiveController live, Workspace workspace, FilePicker files, Work work,
            ErrorModel errors) {
        this.model = model;
        this.live = live;
        this.workspace = workspace;
        this.files = files;
        this.errors = errors;
        this.checking = new Latest(work);
        this.offering = new Latest(work);
        this.estimate = new FormEstimate(model, workspace, work);
        model.objectiveProperty().subscribe((before, type) -> {
            model.findings().clear();
            chooseFittingData();
        });
    }

    public TrainModel model() {
        return model;
    }

    public LiveController live() {
        return live;
    }

    /** Takes over the list of versions. */
    public void setDatasets(List<DatasetInfo> list) {
        model.datasets().setAll(list);
        model.datasetProperty().set(newest(list, model.datasetProperty().get()));
        model.evaluationProperty().set(newest(list, model.evaluationProperty().get()));
        chooseFittingData();
    }

    /** The chosen version if it is still there. */
    private static DatasetInfo newest(List<DatasetInfo> list, DatasetInfo chosen) {
        return chosen == null
                ? null
                : list.stream().filter(info -> info.id().equals(chosen.id())).findFirst().orElse(null);
    }

    /** Takes the newest version made for the objective, or else keeps or finds one that can be read as such. */
    private void chooseFittingData() {
        DatasetInfo chosen = model.datasetProperty().get();
        ObjectiveType<?> type = model.objectiveProperty().get();
        if (chosen == null || unfit(chosen).isPresent() || !Fit.madeFor(type, chosen.kind())) {
            List<DatasetInfo> usable = model.datasets().reversed().stream()
                    .filter(info -> unfit(info).isEmpty() && !isHeldOut(info)).toList();
            Optional<DatasetInfo> readable = Optional.ofNullable(chosen).filter(usable::contains)
                    .or(() -> usable.stream().findFirst());
            model.datasetProperty().set(usable.stream().filter(info -> Fit.madeFor(type, info.kind())).findFirst()
                    .or(() -> readable).orElse(null));
        }
        if (model.evaluationProperty().get() == null) {
            model.evaluationProperty().set(
                    model.datasets().stream().filter(TrainController::isValidation).findFirst().orElse(null));
        }
    }

    private static boolean isHeldOut(DatasetInfo info) {
        return isValidation(info) || info.id().dataset().contains("test");
    }

    private static boolean isValidation(DatasetInfo info) {
        return info.kind() == Kind.SFT && info.id().dataset().contains("validation");
    }

    /** Why a version cannot train the chosen objective; empty if it can. */
    public Optional<String> unfit(DatasetInfo info) {
        ObjectiveType<?> type = model.objectiveProperty().get();
        return Fit.problem(type, model.hyper(type).values(), info.kind());
    }

    /** Fills the form with the settings of a run, so that it can be changed and trained again. */
    public void fill(RunSpec spec) {
        Objectives.find(spec.objective()).ifPresent(type -> {
            model.objectiveProperty().set(type);
            model.hyper(type).fill(spec.hyper().asText());
        });
        version(spec.dataset()).ifPresent(model.datasetProperty()::set);
        model.evaluationProperty().set(spec.evaluation().flatMap(this::version).orElse(null));
        model.modelRefProperty().set(spec.model());
        model.referenceProperty().set(spec.reference().orElse(""));
        model.nameProperty().set(spec.name());
        model.basic().fill(spec.settings().asText());
        model.advanced().fill(spec.settings().asText());
    }

    /** Sets the form up for an objective of the catalogue on a version, which the list need not have heard of yet. */
    public void prepare(ObjectiveType<?> objective, DatasetInfo info) {
        if (!model.datasets().contains(info)) {
            model.datasets().add(info);
        }
        model.objectiveProperty().set(objective);
        model.datasetProperty().set(info);
    }

    private Optional<DatasetInfo> version(DatasetVersionId id) {
        return model.datasets().stream().filter(info -> info.id().equals(id)).findFirst();
    }

    /** Reads anew which models there are. */
    public void refreshModels() {
        offering.start(this::models, models -> {
            model.models().setAll(models);
            if (model.modelRefProperty().get().isEmpty() && !models.isEmpty()) {
                model.modelRefProperty().set(models.getFirst());
            }
        }, failure -> errors.show(ErrorReport.of("Looking for models", failure)));
    }

    private List<String> models() {
        List<String> refs = new ArrayList<>(ModelRefs.builtins());
        for (RunSummary run : workspace.runs().list()) {
            if (!workspace.runs().checkpoints(run.id()).isEmpty()) {
                refs.add("run:" + run.id());
            }
        }
        return refs;
    }

    /** Asks for a folder of a model. */
    public void chooseModelFolder(Consumer<String> chosen) {
        files.folder("A model's folder (config.json, *.safetensors, tokenizer.json)").map(Path::toString)
                .ifPresent(chosen);
    }

    /** Says what a start would find, without starting. */
    public void check() {
        RunDraft draft = RunDraft.of(model);
        model.busyProperty().set(true);
        checking.start(() -> {
            List<CheckLine> lines = findings(draft);
            return new Checked(lines, isGood(lines) ? Optional.of(estimate.measured(draft)) : Optional.empty());
        }, checked -> {
            model.busyProperty().set(false);
            model.findings().setAll(checked.lines());
            checked.estimate().ifPresent(model.estimateProperty()::set);
        }, failure -> failed("Checking the run", failure));
    }

    /** What a check found, and what the run needs if nothing stands against it. */
    private record Checked(List<CheckLine> lines, Optional<LaunchEstimate> estimate) {
    }

    private static boolean isGood(List<CheckLine> lines) {
        return lines.stream().noneMatch(line -> line.verdict() == CheckLine.Verdict.BAD);
    }

    private List<CheckLine> findings(RunDraft draft) {
        List<CheckLine> lines = new ArrayList<>(draft.check(ref -> {
            var _ = ModelRefs.resolve(workspace, ref); // only whether it can be found
        }));
        if (isGood(lines)) {
            LaunchCheck.Rows rows = LaunchCheck.rows(workspace, draft.spec());
            rows.cut().map(CheckLine::warning).ifPresent(lines::add);
            rows.refusal().map(CheckLine::bad).ifPresent(line -> lines.add(0, line));
        }
        return lines;
    }

    /** Checks, and starts the run if nothing stands against it. */
    public void start() {
        RunDraft draft = RunDraft.of(model);
        model.busyProperty().set(true);
        boolean ignoring = model.memoryIgnoredProperty().get();
        checking.start(() -> launch(draft, ignoring), launched -> {
            model.busyProperty().set(false);
            model.findings().setAll(launched.problems());
            launched.needs().filter(needs -> !needs.fits()).ifPresent(model.estimateProperty()::set);
            launched.run().ifPresent(run -> {
                live.follow(run);
                live.refresh();
            });
        }, failure -> failed("Starting the run", failure));
    }

    /** What came of a start: a run, or what stands against it; and what it needs, where that was found out. */
    private record Launched(Optional<Integer> run, Optional<LaunchEstimate> needs, List<CheckLine> problems) {
    }

    private Launched launch(RunDraft draft, boolean ignoring) {
        List<CheckLine> found = findings(draft).stream().filter(line -> line.verdict() == CheckLine.Verdict.BAD)
                .toList();
        if (!found.isEmpty()) {
            return new Launched(Optional.empty(), Optional.empty(), found);
        }
        RunSpec spec = draft.spec();
        LaunchEstimate needs = LaunchEstimate.of(workspace, spec);
        if (!needs.fits() && !ignoring) {
            return new Launched(Optional.empty(), Optional.of(needs),
                    List.of(CheckLine.bad("Not started: memory does not suffice.")));
        }
        return new Launched(Optional.of(RunLauncher.launch(workspace, spec, needs)), Optional.of(needs), List.of());
    }

    private void failed(String action, Throwable failure) {
        model.busyProperty().set(false);
        errors.show(ErrorReport.of(action, failure));
    }
}
