package preflab.app.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import preflab.app.dialog.ErrorReport;
import preflab.app.home.HomeModel;
import preflab.app.home.ProjectDoor;
import preflab.app.home.RecentProject;
import preflab.app.task.Latest;
import preflab.app.train.RunList;
import preflab.projects.workspace.Builtins;
import preflab.projects.workspace.Workspace;

/** Opens and closes projects and keeps the preferences of one window. */
final class WindowController implements ProjectDoor {

    private final WindowModel model;
    private final HomeModel home;
    private final Services services;
    private final Latest opening;
    private Preferences preferences;
    private Optional<Workspace> open = Optional.empty();
    private BiConsumer<Workspace, RunList> whenOpened = (workspace, runs) -> {
    };

    WindowController(WindowModel model, HomeModel home, Services services) {
        this.model = model;
        this.home = home;
        this.services = services;
        this.opening = new Latest(services.work());
        this.preferences = Preferences.read(services.preferencesFile());
        home.recent().setAll(preferences.recent());
        model.themeProperty().set(preferences.theme());
    }

    Preferences preferences() {
        return preferences;
    }

    /** Who builds the screens of a project that has been opened. */
    void setWhenOpened(BiConsumer<Workspace, RunList> whenOpened) {
        this.whenOpened = whenOpened;
    }

    @Override
    public void create(Path folder) {
        openWith("Making the project " + folder.getFileName(), () -> Workspace.create(folder));
    }

    @Override
    public void open(Path folder) {
        openWith("Opening the project " + folder.getFileName(), () -> Workspace.open(folder));
    }

    @Override
    public void example(Path folder) {
        openWith("Opening the built-in example", () -> {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            Workspace workspace = Workspace.openOrCreate(folder);
            if (workspace.datasets().list().isEmpty()) {
                var _ = Builtins.install(workspace);
            }
            return workspace;
        });
    }

    @Override
    public void go(String screen) {
        model.screenProperty().set(screen);
    }

    @Override
    public void forget(Path folder) {
        keep(preferences.without(folder));
    }

    private void openWith(String action, Callable<Workspace> opener) {
        home.openingProperty().set(true);
        opening.start(() -> {
            Workspace workspace = opener.call();
            var _ = workspace.datasets(); // opened and read here, not on the thread of the window
            RunList runs = RunList.of(workspace.runs());
            return (Runnable) () -> opened(workspace, runs);
        }, show -> {
            home.openingProperty().set(false);
            show.run();
        }, failure -> {
            home.openingProperty().set(false);
            services.errors().show(ErrorReport.of(action, failure));
        });
    }

    private void opened(Workspace workspace, RunList runs) {
        open = Optional.of(workspace);
        model.projectProperty().set(workspace.name());
        home.openProjectProperty().set(workspace.name());
        keep(preferences.withOpened(new RecentProject(workspace.folder(), Instant.now())));
        whenOpened.accept(workspace, runs);
    }

    /** The open project. */
    Optional<Workspace> open() {
        return open;
    }

    /** Remembers a change at once: a window that is killed forgets nothing. */
    void keep(Preferences changed) {
        preferences = changed;
        home.recent().setAll(changed.recent());
        services.work().start(() -> {
            changed.write(services.preferencesFile());
            return true;
        }, done -> {
        }, failure -> services.errors().show(ErrorReport.of("Remembering preferences", failure)));
    }
}
