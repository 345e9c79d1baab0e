package preflab.app.shell;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.util.Subscription;
import preflab.app.catalogue.LabController;
import preflab.app.compare.CompareController;
import preflab.app.compare.CompareMemory;
import preflab.app.compare.CompareModel;
import preflab.app.compare.CompareView;
import preflab.app.data.ChecksController;
import preflab.app.data.ConvertController;
import preflab.app.data.DataController;
import preflab.app.data.DataModel;
import preflab.app.data.DataView;
import preflab.app.data.ImportController;
import preflab.app.data.ImportModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.home.HomeModel;
import preflab.app.label.LabelController;
import preflab.app.label.LabelMemory;
import preflab.app.label.LabelModel;
import preflab.app.label.LabelView;
import preflab.app.models.ChildProbe;
import preflab.app.models.ModelsController;
import preflab.app.models.ModelsModel;
import preflab.app.models.ModelsView;
import preflab.app.train.LiveController;
import preflab.app.train.LiveModel;
import preflab.app.train.ProofController;
import preflab.app.train.RunList;
import preflab.app.train.TrainController;
import preflab.app.train.TrainModel;
import preflab.app.train.TrainView;
import preflab.app.user.UserFolders;
import preflab.app.widget.Words;
import preflab.datasets.importer.MappingPresets;
import preflab.datasets.label.LabelTask;
import preflab.datasets.store.DatasetInfo;
import preflab.engine.objective.Objectives;
import preflab.engine.train.TrainSettings;
import preflab.projects.run.ResumeProof;
import preflab.projects.run.SelfLauncher;
import preflab.projects.store.RunSummary;
import preflab.projects.run.RunLauncher;
import preflab.projects.workspace.Workspace;

/** One open project and the screens on it. Closing it stops what the screens follow; runs go on. */
final class Session implements AutoCloseable {

    private final Workspace workspace;
    private final HomeModel home;
    private final LabController lab;
    private final DataController data;
    private final ChecksController checks;
    private final LabelController label;
    private final ModelTokens tokens;
    private final LiveController live;
    private final TrainController train;
    private final CompareController compare;
    private final ModelsController models;
    private final Map<String, Supplier<Node>> views;
    private final Subscription runDefaults;
    private final Set<Runnable> modelReadings = new LinkedHashSet<>(); // of the screens that were seen
    private List<String> runStates = List.of(); // as the models were last listed

    /**
     * @param runs
     *            as they were when the project was opened
     */
    Session(Workspace workspace, RunList runs, Services services, WindowModel window, HomeModel home,
            LabController lab) {
        this.lab = lab;
        this.workspace = workspace;
        this.home = home;
        ImportController imports = new ImportController(new ImportModel(), workspace.datasets(),
                MappingPresets.in(UserFolders.mappings()), services.files(), services.work(), services.activities(),
                services.ticker(), services.errors());
        data = new DataController(new DataModel(), imports, workspace.datasets(), services.work(), services.errors());
        label = new LabelController(new LabelModel(), workspace,
                new LabelMemory(services.preferencesFile().resolveSibling("label.properties"), workspace.folder(),
                        services.work()),
                services.files(), services.work(), services.errors(), Clock.systemUTC());
        live = new LiveController(new LiveModel(), workspace.runs(), run -> {
            var _ = RunLauncher.resume(workspace, run); // watched through the store, like every run
        }, (run, progress) -> ResumeProof.prove(workspace, workspace.runs().spec(run), ProofController.STEPS,
                ProofController.KILLS, 1, SelfLauncher.thisProgram(), progress), services.work(), services.ticker(),
                services.activities(), services.errors(), System::nanoTime);
        train = new TrainController(new TrainModel(), live, workspace, services.files(), services.work(),
                services.errors());
        tokens = new ModelTokens(workspace, train.model().modelRefProperty()::get);
        checks = new ChecksController(data.model(), workspace.datasets(), new ProjectTokenizers(workspace),
                services.files(), services.work(), services.activities(), services.ticker(), services.errors());
        ConvertController convert = new ConvertController(data, workspace.datasets(), services.work(),
                services.activities(), services.ticker(), services.errors());
        compare = new CompareController(new CompareModel(), workspace, services.files(), services.work(),
                services.errors());
        compare.remember(new CompareMemory(services.preferencesFile().resolveSibling("compare.properties"),
                workspace.folder(), services.work()));
        models = new ModelsController(new ModelsModel(), workspace, new ChildProbe(), services.files(),
                services.work(), services.activities(), services.errors());
        Runnable forTraining = train::refreshModels;
        views = Map.of("data", () -> seen(checks::refreshModels, new DataView(data, checks, convert)), "label",
                () -> seen(forTraining, new LabelView(label)), "models",
                () -> seen(models::refresh, new ModelsView(models)), "train", () -> {
                    live.see();
                    return seen(forTraining, new TrainView(train, window.paletteProperty()));
                }, "compare", () -> new CompareView(compare, window.paletteProperty()));
        wire(services, window);
        data.refresh();
        live.take(runs);
        runDefaults = window.runDefaultsProperty().subscribe(values -> train.model().advanced().fill(values));
    }

    /** What one feature tells another; they do not know each other. */
    private void wire(Services services, WindowModel window) {
        data.setWhenListed(list -> {
            label.setDatasets(list);
            train.setDatasets(list);
            compare.refreshOutdated();
            compare.evidence().setDatasets(list);
            summarise();
        });
        live.model().runs().addListener((ListChangeListener<RunSummary>) change -> {
            refreshModels();
            compare.setRuns(List.copyOf(live.model().runs()));
            lab.setRuns(workspace.runs(), List.copyOf(live.model().runs()));
            summarise();
        });
        compare.imports().setWhenAdded(live::refresh);
        compare.evidence().setWhenRunsChanged(live::refresh);
        compare.setWhenDuplicated(run -> services.work().start(() -> workspace.runs().spec(run), spec -> {
            train.fill(spec);
            window.screenProperty().set("train");
        }, failure -> services.errors().show(ErrorReport.of("Reading the settings of run " + run, failure))));
        label.setWhenDataWanted(() -> window.screenProperty().set("data"));
        label.setWhenThresholdKept(threshold -> train.model().advanced()
                .fill(Map.of(TrainSettings.STEP_THRESHOLD.id(), TrainSettings.STEP_THRESHOLD.format(threshold))));
        compare.setWhenLabelWanted((version, row) -> services.work().start(() -> workspace.datasets().info(version),
                info -> showLabel(info, row, window),
                failure -> services.errors().show(ErrorReport.of("Opening " + version.display(), failure))));
        compare.examples()
                .setWhenDataWanted((version, row) -> services.work().start(() -> workspace.datasets().info(version),
                        info -> {
                            data.show(info, row);
                            window.screenProperty().set("data");
                        }, failure -> services.errors()
                                .show(ErrorReport.of("Opening " + version.display(), failure))));
        label.setTokens(tokens);
        label.setWhenPublished(data::refresh);
        label.setWhenTrainWanted(version -> {
            train.prepare(Objectives.find("pipa_m").orElseThrow(), version);
            window.screenProperty().set("train");
        });
    }

    /** Which models there are is read for the first time when a screen that offers them is: opening a project is quick. */
    private Node seen(Runnable reading, Node view) {
        reading.run();
        modelReadings.add(reading);
        return view;
    }

    /** A run that begins or ends may have a new checkpoint; one that only goes on is no reason to look. */
    private void refreshModels() {
        List<String> states = live.model().runs().stream().map(run -> run.id() + " " + run.state()).toList();
        if (!states.equals(runStates)) {
            runStates = states;
            modelReadings.forEach(Runnable::run);
        }
    }

    private void showLabel(DatasetInfo info, int row, WindowModel window) {
        if (LabelTask.defaultFor(info.kind()).isEmpty()) {
            compare.model().savedProperty().set("rows of " + info.id().display() + " hold no single answer to label");
            return;
        }
        label.show(info, row);
        window.screenProperty().set("label");
    }

    private void summarise() {
        home.openSummaryProperty().set(Words.count(data.model().datasets().size(), "dataset version") + ", "
                + Words.count(live.model().runs().size(), "run"));
        home.nextScreenProperty().set(data.model().datasets().isEmpty()
                ? "data"
                : live.model().runs().isEmpty() ? "train" : "compare");
    }

    Workspace workspace() {
        return workspace;
    }

    DataController dataController() {
        return data;
    }

    LabelController labelController() {
        return label;
    }

    TrainController trainController() {
        return train;
    }

    CompareController compareController() {
        return compare;
    }

    ModelsController modelsController() {
        return models;
    }

    /** The screens on the project by name, to be made when they are first seen: all at once hold the window for a second. */
    Map<String, Supplier<Node>> views() {
        return views;
    }

    @Override
    public void close() {
        lab.setRuns(workspace.runs(), List.of());
        runDefaults.unsubscribe();
        models.close();
        live.close();
        checks.close();
        tokens.close();
        workspace.close();
    }
}
