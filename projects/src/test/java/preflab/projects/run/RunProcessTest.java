package preflab.projects.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunState;
import preflab.projects.store.RunStore;
import preflab.projects.store.Series;
import preflab.projects.store.Specs;
import preflab.projects.workspace.Workspace;

/** Runs in real processes of their own. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RunProcessTest {

    @TempDir
    Path folder;

    private Workspace workspace;
    private RunStore runs;

    @BeforeEach
    void open() {
        workspace = Workspace.create(folder.resolve("p.preflab"));
        runs = workspace.runs();
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    /** Waits for something a process does; the class's time limit says when to give up. */
    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private ProcessHandle start(int run) {
        return new RunLauncher(new SelfLauncher(ChildMain.class.getName())).startProcess(workspace, run);
    }

    private void awaitPoints(int run, int atLeast) {
        await(() -> runs.series(run, "clock").size() >= atLeast || runs.state(run).isOver());
    }

    @Test
    void aKilledRunLosesNothingOlderThanASecondAndIsInterrupted() throws Exception {
        int run = runs.create(Specs.sft("killed"));
        ProcessHandle process = start(run);
        awaitPoints(run, 200);
        assertThat(runs.state(run)).isEqualTo(RunState.RUNNING);
        long killed = System.currentTimeMillis();
        process.destroyForcibly();
        process.onExit().get();

        Series clock = runs.series(run, "clock");
        assertThat(runs.state(run)).isEqualTo(RunState.INTERRUPTED);
        assertThat(clock.lastStep()).isEqualTo(clock.size());
        assertThat(killed - clock.lastValue()).as("milliseconds lost").isLessThan(1000);
        assertThat(runs.list().getFirst().state()).isEqualTo(RunState.INTERRUPTED);
    }

    @Test
    void aStopRequestIsHonouredAndTheLockHeldUntilTheEnd() throws Exception {
        int run = runs.create(Specs.sft("stopped", Map.of("compute.threads", "3")));
        ProcessHandle process = start(run);
        awaitPoints(run, 1);
        assertThatThrownBy(() -> start(run)).isInstanceOf(ProjectException.class).hasMessageContaining("RUNNING");
        assertThatThrownBy(() -> RunWorker.execute(workspace, run, event -> {
        })).hasMessageContaining("another process");
        runs.requestStop(run);
        process.onExit().get();

        assertThat(runs.state(run)).isEqualTo(RunState.STOPPED);
        assertThat(runs.environment(run)).isEqualTo(Map.of("OMP_NUM_THREADS", "3", "OMP_WAIT_POLICY", "passive",
                "GOMP_SPINCOUNT", "2500"));
        assertThat(runs.folder(run).resolve("process.log")).exists();
    }

    @Test
    void killingTheWindowLeavesTheRunAlive() throws Exception {
        int run = runs.create(Specs.sft("survivor"));
        Process window = new SelfLauncher(ChildMain.class.getName()).start(
                List.of("window", "--project", workspace.folder().toString(), "--run", String.valueOf(run)),
                folder.resolve("window.log"), Map.of());
        awaitPoints(run, 1);
        window.destroyForcibly().waitFor();
        int before = runs.series(run, "clock").size();
        awaitPoints(run, before + 100);

        assertThat(runs.state(run)).isEqualTo(RunState.RUNNING);
        runs.requestStop(run);
        await(() -> runs.state(run).isOver());
        assertThat(runs.state(run)).isEqualTo(RunState.STOPPED);
    }

    @Test
    void aProcessThatCannotEvenStartLeavesItsReason() {
        int run = runs.create(Specs.sft("no such program"));
        new RunLauncher(new SelfLauncher("no.such.Main")).startProcess(workspace, run);
        await(() -> runs.state(run).isOver());

        assertThat(runs.state(run)).isEqualTo(RunState.FAILED);
        assertThat(runs.summary(run).message()).contains("exit code 1", "no.such.Main");
    }

    @Test
    void theChildLivesInASessionOfItsOwn() throws Exception {
        Path stat = Path.of("/proc");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isDirectory(stat), "needs /proc to see sessions");
        int run = runs.create(Specs.sft("session"));
        ProcessHandle process = start(run);
        awaitPoints(run, 1);
        // field 6 of /proc/PID/stat, counted after the parenthesised name
        String line = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String session = List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1)).get(3);
        process.destroyForcibly();
        process.onExit().get();

        assertThat(session).isEqualTo(String.valueOf(process.pid()));
    }

    @Test
    void aFailureInTheRunBecomesItsEnd() {
        int run = runs.create(Specs.sft("broken"));
        var ended = new RunWorker(workspace, run, (spec, listener, stop) -> {
            throw new IllegalStateException("no such thing as " + spec.name());
        }).execute(event -> {
        });

        assertThat(ended.message()).isEqualTo("no such thing as broken");
        assertThat(runs.state(run)).isEqualTo(RunState.FAILED);
        assertThatThrownBy(() -> RunWorker.execute(workspace, run, event -> {
        })).hasMessageContaining("started before");
    }
}
