package preflab.projects.workspace;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A new project for each test. */
public abstract class OpenWorkspace {

    @TempDir
    protected Path folder;

    protected Workspace workspace;

    @BeforeEach
    protected void create() {
        workspace = Workspace.create(folder.resolve("toy.preflab"));
    }

    @AfterEach
    protected void close() {
        workspace.close();
    }
}
