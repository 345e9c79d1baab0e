package preflab.app.home;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.app.dialog.FilePicker;
import preflab.app.task.Latest;
import preflab.app.task.Work;

/** What can be done at Home. */
public final class HomeController {

    private static final Logger LOG = LoggerFactory.getLogger(HomeController.class);
    private static final String SUFFIX = ".preflab";

    private final HomeModel model;
    private final ProjectDoor door;
    private final FilePicker files;
    private final HealthProbe probe;
    private final Path exampleFolder;
    private final Latest probing;

    /**
     * @param exampleFolder
     *            where the built-in example's project lies or will lie
     */
    public HomeController(HomeModel model, ProjectDoor door, FilePicker files, HealthProbe probe, Work work,
            Path exampleFolder) {
        this.model = model;
        this.door = door;
        this.files = files;
        this.probe = probe;
        this.exampleFolder = exampleFolder;
        this.probing = new Latest(work);
    }

    public HomeModel model() {
        return model;
    }

    /** Asks where, makes a project there, opens it. */
    public void newProject() {
        files.newFolder("New project", "my-project" + SUFFIX).ifPresent(folder -> door.create(withSuffix(folder)));
    }

    /** Asks for a project's folder and opens it. */
    public void openProject() {
        files.folder("Open a project's folder (*.preflab)").ifPresent(door::open);
    }

    public void openRecent(RecentProject project) {
        door.open(project.folder());
    }

    public void forget(RecentProject project) {
        door.forget(project.folder());
    }

    public void tryExample() {
        door.example(exampleFolder);
    }

    /** Goes on with the open project. */
    public void goOn() {
        door.go(model.nextScreenProperty().get());
    }

    /** Runs the self-test and shows what it found. */
    public void checkHealth() {
        model.probingProperty().set(true);
        model.healthProblemProperty().set("");
        probing.start(probe::look, health -> {
            model.probingProperty().set(false);
            model.healthProperty().set(health);
        }, failure -> {
            LOG.warn("the self-test could not be run", failure);
            model.probingProperty().set(false);
            model.healthProblemProperty().set(String.valueOf(failure.getMessage()));
        });
    }

    private static Path withSuffix(Path folder) {
        String name = folder.getFileName().toString();
        return name.endsWith(SUFFIX) ? folder : folder.resolveSibling(name + SUFFIX);
    }
}
