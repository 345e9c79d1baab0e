package preflab.app.shell;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.ui.Ui;
import preflab.projects.workspace.Workspace;

/** The stage of all UI tests, and a new project on disk for each. */
abstract class WithProject {

    final Ui ui = Ui.get();

    @TempDir
    Path folder;

    Path project;

    @BeforeEach
    void makeProject() {
        project = folder.resolve("sums.preflab");
        try (Workspace workspace = Workspace.create(project)) {
            fill(workspace);
        }
    }

    /** Puts into the project what every test of the class needs. */
    void fill(Workspace workspace) {
    }
}
