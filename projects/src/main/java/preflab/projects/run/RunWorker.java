package preflab.projects.run;

import preflab.projects.store.Pending;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunListener;
import preflab.projects.workspace.Workspace;

/** Executes a run in this process: holds its lock, trains, stores the events, honours stop requests. */
public final class RunWorker {

    private RunWorker() {
    }

    /**
     * Executes a run that is queued. Whatever goes wrong becomes a FAILED end with its reason, stored and returned.
     *
     * @param listener
     *            hears every event on the training thread, after it went on its way to the store
     * @throws preflab.projects.store.ProjectException
     *             if another process is executing this run, or it was started before
     */
    public static RunEvent.Ended execute(Workspace workspace, int run, RunListener listener) {
        return Pending.value();
    }
}
