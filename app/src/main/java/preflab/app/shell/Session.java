package preflab.app.shell;

import javafx.scene.Node;
import preflab.projects.workspace.Workspace;

/** One open project and the screens on it. Closing it stops what the screens follow; runs go on. */
final class Session implements AutoCloseable {

    private final Workspace workspace;

    Session(Workspace workspace, Services services, WindowModel model) {
        this.workspace = workspace;
    }

    Workspace workspace() {
        return workspace;
    }

    Node data() {
        return new javafx.scene.layout.StackPane();
    }

    Node train() {
        return new javafx.scene.layout.StackPane();
    }

    Node compare() {
        return new javafx.scene.layout.StackPane();
    }

    @Override
    public void close() {
        workspace.close();
    }
}
