package preflab.projects.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.engine.train.RunSpec;
import preflab.engine.train.TrainSettings;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunState;
import preflab.projects.store.RunStore;
import preflab.projects.workspace.Workspace;

/** Starts runs, each in a process of its own that outlives this one. */
public final class RunLauncher {

    private static final Logger LOG = LoggerFactory.getLogger(RunLauncher.class);

    /** Where a run's process writes what it prints, in the run's folder. */
    public static final String LOG_FILE = "process.log";

    private final SelfLauncher launcher;

    public RunLauncher(SelfLauncher launcher) {
        this.launcher = launcher;
    }

    /** Enters a run and starts its process ({@code run-worker --project DIR --run ID}). Returns its number. */
    public static int launch(Workspace workspace, RunSpec spec, LaunchEstimate needs) {
        int run = workspace.runs().create(spec);
        needs.keep(workspace.runs().folder(run));
        var _ = start(workspace, run);
        return run;
    }

    /** Starts the process of a run that is queued. */
    public static ProcessHandle start(Workspace workspace, int run) {
        return new RunLauncher(SelfLauncher.thisProgram()).startProcess(workspace, run);
    }

    /** Starts the process of a run that is queued, with this launcher. */
    public ProcessHandle startProcess(Workspace workspace, int run) {
        RunStore runs = workspace.runs();
        if (runs.state(run) != RunState.QUEUED) {
            throw new ProjectException(ProjectException.Code.WRONG_STATE,
                    "run " + run + " is " + runs.state(run) + "; only a queued run can be started");
        }
        return launch(workspace, run, List.of());
    }

    /** Starts a process in which a run that is over goes on from its last checkpoint. */
    public static ProcessHandle resume(Workspace workspace, int run) {
        return new RunLauncher(SelfLauncher.thisProgram()).resumeProcess(workspace, run);
    }

    /** As {@link #resume}, with this launcher. */
    public ProcessHandle resumeProcess(Workspace workspace, int run) {
        Resumption.requireResumable(workspace.runs(), run);
        return launch(workspace, run, List.of("--resume"));
    }

    private ProcessHandle launch(Workspace workspace, int run, List<String> more) {
        RunStore runs = workspace.runs();
        Path log = runs.folder(run).resolve(LOG_FILE);
        List<String> arguments = new ArrayList<>(
                List.of("run-worker", "--project", workspace.folder().toString(), "--run", String.valueOf(run)));
        arguments.addAll(more);
        int startsBefore = runs.starts(run);
        runs.launched(run);
        try {
            Process process = launcher.start(arguments, log, environment(threads(runs, run)));
            var _ = process.onExit()
                    .thenAccept(ended -> explainFalseStart(runs, run, startsBefore, ended.exitValue(), log));
            return process.toHandle();
        } catch (ProjectException e) {
            runs.notLaunched(run);
            throw e;
        }
    }

    private static int threads(RunStore runs, int run) {
        int asked = runs.spec(run).settings().get(TrainSettings.THREADS);
        return asked > 0 ? asked : Runtime.getRuntime().availableProcessors();
    }

    /**
     * decision: a long busy wait between parallel regions would starve everything else on a small machine; a short one
     * spares waking the threads for each operation, a fifth of a step (docs/decisions/0042).
     */
    static Map<String, String> environment(int threads) {
        return Map.of("OMP_NUM_THREADS", String.valueOf(threads), "OMP_WAIT_POLICY", "passive",
                "GOMP_SPINCOUNT", "2500");
    }

    /** A process that ends before it wrote an event has told its reason to the log only. */
    private static void explainFalseStart(RunStore runs, int run, int startsBefore, int exit, Path log) {
        try {
            runs.failUnstarted(run, startsBefore,
                    "its process ended at once (exit code " + exit + "): " + lastLine(log));
        } catch (ProjectException e) {
            LOG.debug("run {}: the project was closed before its process ended", run, e);
        }
    }

    private static String lastLine(Path log) {
        try {
            return Files.readAllLines(log, StandardCharsets.UTF_8).stream().filter(line -> !line.isBlank())
                    .reduce((first, second) -> second).orElse("it said nothing");
        } catch (IOException e) {
            return "see " + log;
        }
    }
}
