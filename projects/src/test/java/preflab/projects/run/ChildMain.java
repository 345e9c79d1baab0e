package preflab.projects.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunListener;
import preflab.engine.train.StopSignal;
import preflab.projects.workspace.Workspace;

/** A whole program for process tests: it understands {@code run-worker} and trains nothing, step after step. */
public final class ChildMain {

    private ChildMain() {
    }

    /** {@code run-worker --project DIR --run ID}, or {@code window …} to start that and wait like a window does. */
    public static void main(String[] arguments) {
        try (Workspace workspace = Workspace.open(Path.of(arguments[2]))) {
            int run = Integer.parseInt(arguments[4]);
            if (arguments[0].equals("window")) {
                new RunLauncher(new SelfLauncher(ChildMain.class.getName())).startProcess(workspace, run).onExit()
                        .join();
            } else {
                new RunWorker(workspace, run, (spec, listener, stop) -> steps(listener, stop)).execute(event -> {
                });
            }
        }
    }

    /** One step every 5 ms, each logging the wall clock in milliseconds, until asked to stop. */
    private static RunEvent.Ended steps(RunListener listener, StopSignal stop) {
        listener.on(new RunEvent.Started(Map.of("OMP_NUM_THREADS", System.getenv("OMP_NUM_THREADS"),
                "OMP_WAIT_POLICY", System.getenv("OMP_WAIT_POLICY"), "GOMP_SPINCOUNT",
                System.getenv("GOMP_SPINCOUNT"))));
        int step = 0;
        while (!stop.isRequested() && step < 100_000) {
            step++;
            listener.on(new RunEvent.Measured(step, Map.of("clock", (double) System.currentTimeMillis())));
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        return new RunEvent.Ended(stop.isRequested() ? Outcome.STOPPED : Outcome.FINISHED, step, "", Map.of());
    }
}
