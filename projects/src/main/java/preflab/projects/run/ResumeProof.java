package preflab.projects.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.engine.param.ParamValues;
import preflab.engine.train.RunSpec;
import preflab.engine.train.TrainSettings;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunState;
import preflab.projects.store.RunStore;
import preflab.projects.workspace.Workspace;

/**
 * Proves on somebody's own configuration that killing does no harm: one run goes through, another is killed at random
 * moments and resumed each time, and both logs are compared bit by bit. The runs are made in a project of their own.
 */
public final class ResumeProof {

    /**
     * What came of it.
     *
     * @param kills
     *            processes killed
     * @param runs
     *            runs that were killed and compared
     * @param values
     *            logged numbers compared in each
     * @param texts
     *            generated texts compared in each
     * @param steps
     *            how many steps each run took
     * @param differences
     *            empty if it holds
     */
    public record Result(int kills, int runs, int steps, long values, long texts, List<String> differences) {
        public boolean holds() {
            return differences.isEmpty();
        }

        /** What came of it, for people. */
        public String sentence() {
            String compared = kills + (kills == 1 ? " kill in " : " kills in ") + runs + (runs == 1 ? " run" : " runs")
                    + " of " + steps + " steps; "
                    + values + " logged values and " + texts
                    + " texts of each compared with a run that nobody killed";
            return holds()
                    ? "It holds, bit by bit: " + compared + "."
                    : "It does NOT hold: " + compared + ". Different: " + String.join("; ", differences);
        }
    }

    private final Workspace scratch;
    private final RunSpec spec;
    private final RunLauncher launcher;
    private final SplittableRandom random;
    private final Consumer<String> progress;

    private ResumeProof(Workspace scratch, RunSpec spec, SelfLauncher program, long seed, Consumer<String> progress) {
        this.scratch = scratch;
        this.spec = spec;
        this.launcher = new RunLauncher(program);
        this.random = new SplittableRandom(seed);
        this.progress = progress;
    }

    /** Runs the proof in a project of its own, which is deleted afterwards; see the other one. */
    public static Result prove(Workspace workspace, RunSpec spec, int steps, int kills, long seed,
            SelfLauncher program, Consumer<String> progress) {
        try {
            Path folder = Files.createTempDirectory("preflab-proof");
            try (Workspace scratch = Workspace.create(folder.resolve("p.preflab"))) {
                return prove(workspace, scratch, spec, steps, kills, seed, program, progress);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM,
                    "cannot keep the proof's own project among the temporary files: " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }

    /**
     * Runs the proof. Interrupted, it kills what it started and throws.
     *
     * @param scratch
     *            an empty project for the runs
     * @param spec
     *            a run of the workspace's
     * @param steps
     *            how many steps of it to take; four checkpoints are written on the way
     * @param kills
     *            how many processes to kill
     */
    public static Result prove(Workspace workspace, Workspace scratch, RunSpec spec, int steps, int kills, long seed,
            SelfLauncher program, Consumer<String> progress) {
        return new ResumeProof(scratch, moved(workspace, scratch, spec, steps), program, seed, progress).prove(kills);
    }

    private static RunSpec moved(Workspace from, Workspace to, RunSpec spec, int steps) {
        Map<String, String> settings = new HashMap<>(spec.settings().asText());
        settings.put(TrainSettings.STEPS.id(), String.valueOf(steps));
        settings.put(TrainSettings.CHECKPOINT_EVERY.id(), String.valueOf(Math.max(1, steps / 4)));
        return new RunSpec(spec.version(), spec.name(), copied(from, to, spec.dataset()),
                spec.evaluation().map(id -> copied(from, to, id)), ModelRefs.resolve(from, spec.model()).toString(),
                spec.reference().map(ref -> ModelRefs.resolve(from, ref).toString()), spec.objective(), spec.hyper(),
                ParamValues.parse(TrainSettings.ALL, settings));
    }

    private static DatasetVersionId copied(Workspace from, Workspace to, DatasetVersionId id) {
        ExampleView rows = from.datasets().view(id);
        return to.datasets().add(id.dataset(), rows.kind(), IntStream.range(0, rows.size()).mapToObj(rows::get)
                .iterator(), "copied from " + id.display());
    }

    private Result prove(int kills) {
        RunStore runs = scratch.runs();
        long start = System.nanoTime();
        progress.accept("a run that nobody kills");
        int whole = runs.create(spec);
        finish(launcher.startProcess(scratch, whole), whole);
        long longest = System.nanoTime() - start;
        RunLog expected = RunLog.of(runs, whole);
        int killed = 0;
        int compared = 0;
        while (killed < kills) {
            int run = runs.create(spec);
            ProcessHandle process = launcher.startProcess(scratch, run);
            while (killed < kills && kill(process, run, random.nextLong(longest))) {
                killed++;
                progress.accept("killed " + killed + " of " + kills + ", at step " + runs.summary(run).lastStep());
                process = launcher.resumeProcess(scratch, run);
            }
            finish(process, run);
            compared++;
            List<String> differences = expected.differences(RunLog.of(runs, run));
            if (!differences.isEmpty()) {
                return result(killed, compared, expected, differences);
            }
        }
        return result(killed, compared, expected, List.of());
    }

    private Result result(int killed, int compared, RunLog expected, List<String> differences) {
        return new Result(killed, compared, spec.settings().get(TrainSettings.STEPS), expected.values(),
                expected.texts(), differences);
    }

    /** Whether it was killed after so many nanoseconds; false if it ended by itself before. */
    private boolean kill(ProcessHandle process, int run, long nanos) {
        if (ended(process, nanos)) {
            return false;
        }
        process.destroyForcibly();
        ended(process, Duration.ofMinutes(1).toNanos());
        awaitEnd(run);
        return scratch.runs().state(run).isResumable();
    }

    private static boolean ended(ProcessHandle process, long nanos) {
        try {
            return process.onExit().get(nanos, TimeUnit.NANOSECONDS) != null;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            var _ = process.onExit().join();
            Thread.currentThread().interrupt();
            throw new ProjectException(ProjectException.Code.SYSTEM, "interrupted during the proof", e);
        } catch (ExecutionException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot wait for a run's process", e);
        }
    }

    private void finish(ProcessHandle process, int run) {
        ended(process, Long.MAX_VALUE);
        awaitEnd(run);
        RunState state = scratch.runs().state(run);
        if (state != RunState.FINISHED) {
            throw new ProjectException(ProjectException.Code.WRONG_STATE,
                    "the proof's run ended as " + state + ": " + scratch.runs().summary(run).message());
        }
    }

    /** A process that was killed before it began is entered as such by this process, a moment later. */
    private void awaitEnd(int run) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!scratch.runs().state(run).isOver() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
