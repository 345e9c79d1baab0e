package preflab.projects.run;

import preflab.projects.store.Pending;
import preflab.engine.train.RunSpec;
import preflab.projects.workspace.Workspace;

/** Starts runs, each in a process of its own that outlives this one. */
public final class RunLauncher {

    private RunLauncher() {
    }

    /** Enters a run and starts its process ({@code run-worker --project DIR --run ID}). Returns its number. */
    public static int launch(Workspace workspace, RunSpec spec) {
        return Pending.value();
    }

    /** Starts the process of a run that is queued. */
    public static ProcessHandle start(Workspace workspace, int run) {
        return Pending.value();
    }
}
