package preflab.projects.run;

import java.nio.file.Path;
import java.util.List;
import preflab.projects.workspace.Workspace;

/** A whole program for process tests: it understands {@code run-worker} and trains for real. */
public final class WorkerMain {

    private WorkerMain() {
    }

    /** {@code run-worker --project DIR --run ID [--resume]}. */
    public static void main(String[] arguments) {
        try (Workspace workspace = Workspace.open(Path.of(arguments[2]))) {
            int run = Integer.parseInt(arguments[4]);
            if (List.of(arguments).contains("--resume")) {
                RunWorker.resume(workspace, run, event -> {
                });
            } else {
                RunWorker.execute(workspace, run, event -> {
                });
            }
        }
    }
}
