package preflab.app.shell;

import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Scene;
import javafx.stage.Stage;
import preflab.app.catalogue.BanditController;
import preflab.app.catalogue.BanditModel;
import preflab.app.catalogue.CatalogueController;
import preflab.app.catalogue.CatalogueModel;
import preflab.app.catalogue.LabController;
import preflab.app.catalogue.LabModel;
import preflab.app.catalogue.ObjectivesView;
import preflab.app.catalogue.PlotSaver;
import preflab.app.chart.Rehearsal;
import preflab.app.dialog.ErrorReport;
import preflab.app.home.HomeController;
import preflab.app.home.HomeModel;
import preflab.app.home.ProjectDoor;
import preflab.app.train.RunList;
import preflab.datasets.store.Sqlite;
import preflab.engine.objective.ObjectiveType;
import preflab.projects.workspace.Workspace;

/** Puts one window together: models, controllers, nodes, and the wires between them. */
public final class WindowAssembly implements AutoCloseable {

    private final Services services;
    private final WindowModel model = new WindowModel();
    private final HomeModel homeModel = new HomeModel();
    private final WindowController controller;
    private final HomeController home;
    private final CatalogueController catalogue;
    private final LabController lab;
    private final BanditController bandit;
    private final MainWindow window;
    private final BooleanProperty rehearsed = new SimpleBooleanProperty();
    private Optional<Session> session = Optional.empty();

    public WindowAssembly(Services services) {
        this.services = services;
        controller = new WindowController(model, homeModel, services);
        home = new HomeController(homeModel, controller, services.files(), services.health(), services.work(),
                services.exampleFolder());
        model.themeProperty().subscribe(this::applyTheme);
        catalogue = new CatalogueController(new CatalogueModel(), services.work());
        catalogue.setWhenUsed(this::useInTrain);
        lab = new LabController(new LabModel(), services.work(), services.errors());
        bandit = new BanditController(new BanditModel(), services.work(), services.errors());
        PlotSaver saver = new PlotSaver(services.files(), services.work(), services.errors());
        window = new MainWindow(model, services, home,
                new ObjectivesView(catalogue, lab, bandit, saver, model.paletteProperty()),
                controller.preferences().width(),
                controller.preferences().height());
        controller.setWhenOpened(this::install);
        homeModel.healthProperty()
                .subscribe(health -> model.deviceProperty().set(health == null ? "" : health.device()));
        new MachineWatch(model, services.work(), services.ticker());
        services.ticker().start();
    }

    private void applyTheme(Theme theme) {
        theme.apply();
        model.paletteProperty().set(theme.palette());
        if (controller.preferences().theme() != theme) {
            controller.keep(controller.preferences().withTheme(theme));
        }
    }

    /** Without an open project the screen of Train says how to get one. */
    private void useInTrain(ObjectiveType<?> type) {
        session.ifPresent(open -> open.trainController().model().objectiveProperty().set(type));
        model.screenProperty().set("train");
    }

    private void install(Workspace workspace, RunList runs) {
        session.ifPresent(Session::close);
        Session opened = new Session(workspace, runs, services, model, homeModel, lab);
        session = Optional.of(opened);
        window.install(opened);
    }

    /** Shows the window on this stage. */
    public void show(Stage stage) {
        stage.setScene(window.scene());
        stage.titleProperty().bind(model.projectProperty()
                .map(project -> project.isEmpty() ? "Preflab" : project + " – Preflab"));
        stage.setMinWidth(900);
        stage.setMinHeight(560);
        stage.setOnCloseRequest(e -> controller
                .keep(controller.preferences().withSize(window.scene().getWidth(), window.scene().getHeight())));
        stage.show();
        home.checkHealth();
        services.work().start(() -> {
            Sqlite.load();
            Rehearsal.run();
            return true;
        }, rehearsed::set, failure -> services.errors().show(ErrorReport.of("Getting ready", failure)));
    }

    /** Whether the window has done what it does before anybody asks for something. */
    boolean isRehearsed() {
        return rehearsed.get();
    }

    /** Shows what nobody caught; called from any thread. */
    public void uncaught(Throwable failure) {
        services.work().onWindow(() -> services.errors().show(ErrorReport.of("Working in the window", failure)));
    }

    public Scene scene() {
        return window.scene();
    }

    WindowModel model() {
        return model;
    }

    CatalogueController catalogue() {
        return catalogue;
    }

    LabController lab() {
        return lab;
    }

    BanditController bandit() {
        return bandit;
    }

    HomeController home() {
        return home;
    }

    /** Opens projects without asking anybody. */
    ProjectDoor door() {
        return controller;
    }

    /** The open project's screens. */
    Optional<Session> session() {
        return session;
    }

    @Override
    public void close() {
        session.ifPresent(Session::close);
        session = Optional.empty();
        bandit.close();
        services.ticker().close();
    }
}
