package preflab.projects.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.datasets.example.ExampleView;
import preflab.engine.train.Checkpoint;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunListener;
import preflab.engine.train.RunSpec;
import preflab.engine.train.StopSignal;
import preflab.engine.train.TrainInputs;
import preflab.engine.train.Trainer;
import preflab.projects.store.EventWriter;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunLock;
import preflab.projects.store.RunState;
import preflab.projects.store.RunStore;
import preflab.projects.workspace.Workspace;

/** Executes a run in this process: holds its lock, trains, stores the events, honours stop requests. */
public final class RunWorker {

    private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);

    /** What a run does; the trainer, or something smaller in tests. */
    @FunctionalInterface
    interface Body {
        RunEvent.Ended run(RunSpec spec, RunListener listener, StopSignal stop);
    }

    private final Workspace workspace;
    private final int run;
    private final Resumption resumption; // or null for a run from its beginning
    private final Body body;

    RunWorker(Workspace workspace, int run, Body body) {
        this(workspace, run, null, body);
    }

    RunWorker(Workspace workspace, int run, Resumption resumption, Body body) {
        this.workspace = workspace;
        this.run = run;
        this.resumption = resumption;
        this.body = body;
    }

    /**
     * Executes a run that is queued. Whatever goes wrong becomes a FAILED end with its reason, stored and returned.
     *
     * @param listener
     *            hears every event on the training thread, after it went on its way to the store
     * @throws ProjectException
     *             if another process is executing this run, or it was started before
     */
    public static RunEvent.Ended execute(Workspace workspace, int run, RunListener listener) {
        return new RunWorker(workspace, run,
                (spec, all, stop) -> train(workspace, run, spec, Optional.empty(), all, stop)).execute(listener);
    }

    /**
     * Goes on with a run that was stopped, failed or was interrupted, from its newest checkpoint that is whole, or from
     * its beginning where there is none. What it logged after that is logged again.
     *
     * @throws ProjectException
     *             if it is running, finished or diverged
     */
    public static RunEvent.Ended resume(Workspace workspace, int run, RunListener listener) {
        if (workspace.runs().state(run) != RunState.QUEUED) { // which it is between its launch and this
            Resumption.requireResumable(workspace.runs(), run);
        }
        Resumption resumption = Resumption.of(workspace.runs(), run);
        return new RunWorker(workspace, run, resumption,
                (spec, all, stop) -> train(workspace, run, spec, resumption.checkpoint(), all, stop))
                .execute(listener);
    }

    private static RunEvent.Ended train(Workspace workspace, int run, RunSpec spec, Optional<Checkpoint> from,
            RunListener listener, StopSignal stop) {
        ExampleView rows = workspace.datasets().view(spec.dataset());
        Optional<ExampleView> evaluation = spec.evaluation().map(workspace.datasets()::view);
        Path model = ModelRefs.resolve(workspace, spec.model());
        Optional<Path> reference = spec.reference().map(name -> ModelRefs.resolve(workspace, name));
        Path checkpoints = workspace.checkpoints().resolve("run-" + run);
        TrainInputs inputs = new TrainInputs(rows, evaluation, model, reference, checkpoints);
        try (RowCache cache = RowCache.open(workspace.cache(), run)) {
            return new Trainer(spec, from.map(inputs::from).orElse(inputs).with(cache), listener, stop,
                    new StoredSamples(workspace.cache().resolve(StoredSamples.FOLDER))).run();
        }
    }

    RunEvent.Ended execute(RunListener listener) {
        RunStore runs = workspace.runs();
        RunLock lock = runs.lock(run);
        try {
            if (resumption == null && runs.starts(run) > 0) {
                throw new ProjectException(ProjectException.Code.WRONG_STATE,
                        "run " + run + " was started before; only a queued run can be executed");
            }
            return executeLocked(runs, listener);
        } finally {
            lock.close();
        }
    }

    private RunEvent.Ended executeLocked(RunStore runs, RunListener listener) {
        try (EventWriter writer = runs.writer(run, resumption == null ? -1 : resumption.lastStepKept())) {
            AtomicReference<RunEvent.Ended> ended = new AtomicReference<>();
            Optional<LaunchEstimate> estimate = resumption == null ? estimate(runs) : Optional.empty();
            RunListener both = original -> {
                RunEvent event = original instanceof RunEvent.Ended end ? graded(estimate, end) : original;
                writer.on(event);
                if (event instanceof RunEvent.Ended end) {
                    ended.set(end);
                }
                listener.on(event);
                if (event instanceof RunEvent.Started started && resumption != null) {
                    RunEvent.Warned resumed = resumption.report(started.environment());
                    writer.on(resumed);
                    listener.on(resumed);
                }
            };
            RunEvent.Ended result = runBody(runs, both, writer.stopSignal());
            if (ended.get() == null) {
                both.on(result);
            }
            return ended.get();
        }
    }

    private static RunEvent.Ended graded(Optional<LaunchEstimate> estimate, RunEvent.Ended end) {
        return estimate.map(before -> EstimateGrade.of(before, end)).orElse(end);
    }

    /** What was found out before the launch; where its time was not, it is measured now. */
    private Optional<LaunchEstimate> estimate(RunStore runs) {
        Optional<LaunchEstimate> kept = LaunchEstimate.kept(runs.folder(run));
        if (kept.isPresent() && kept.get().time().isPresent()) {
            return kept;
        }
        Optional<LaunchEstimate> now = LaunchEstimate.attempt(workspace, runs.spec(run));
        now.ifPresent(estimate -> estimate.keep(runs.folder(run)));
        return now.or(() -> kept);
    }

    private RunEvent.Ended runBody(RunStore runs, RunListener listener, StopSignal stop) {
        try {
            return body.run(runs.spec(run), listener, stop);
        } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
            LOG.error("run {} failed", run, e);
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new RunEvent.Ended(Outcome.FAILED, runs.summary(run).lastStep(), reason, Map.of());
        }
    }
}
