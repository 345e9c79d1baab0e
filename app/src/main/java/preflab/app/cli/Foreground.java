package preflab.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.app.rule.Exempt;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunListener;
import preflab.engine.train.TrainSettings;
import preflab.projects.run.RunWorker;
import preflab.projects.workspace.Workspace;

/**
 * Executes a run in this process. Ctrl-C (or a polite kill) asks it to stop at the next step boundary: the virtual
 * machine ends only after the run has written its checkpoint and its last event, with the command's own exit code.
 */
@Exempt(rule = "threads", reason = "a shutdown hook has to be a thread, and nothing else hears Ctrl-C")
final class Foreground {
    private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);

    /** A checkpoint of a large model on a slow disk takes its time. */
    private static final long PATIENCE_MINUTES = 10;

    private Foreground() {
    }

    /** Executes a queued run, printing its events. A stopped run is done; DIVERGED and FAILED are failures. */
    static int execute(Workspace workspace, int run, Output output) {
        int steps = workspace.runs().spec(run).settings().get(TrainSettings.STEPS);
        return exitCode(execute(workspace, run, false, new EventPrinter(run, steps, output)));
    }

    /** Goes on with a run that is over, printing its events. */
    static int resume(Workspace workspace, int run, Output output) {
        int steps = workspace.runs().spec(run).settings().get(TrainSettings.STEPS);
        return exitCode(execute(workspace, run, true, new EventPrinter(run, steps, output)));
    }

    static int exitCode(RunEvent.Ended ended) {
        return ended.outcome() == Outcome.FINISHED || ended.outcome() == Outcome.STOPPED ? Cli.DONE : Cli.FAILED;
    }

    static RunEvent.Ended execute(Workspace workspace, int run, boolean resume, RunListener listener) {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger code = new AtomicInteger(Cli.FAILED);
        Thread hook = new Thread(() -> stop(workspace, run, over, code), "stop-run-" + run);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            RunEvent.Ended ended = resume
                    ? RunWorker.resume(workspace, run, listener)
                    : RunWorker.execute(workspace, run, listener);
            code.set(exitCode(ended));
            return ended;
        } finally {
            over.countDown();
            forget(hook);
        }
    }

    private static void stop(Workspace workspace, int run, CountDownLatch over, AtomicInteger code) {
        try {
            workspace.runs().requestStop(run);
            if (over.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                Runtime.getRuntime().halt(code.get()); // otherwise the signal would decide the exit code
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("run {} could not be stopped politely", run, e);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the virtual machine is ending already");
        }
    }
}
