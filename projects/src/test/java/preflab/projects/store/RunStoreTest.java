package preflab.projects.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.Sample;

class RunStoreTest {

    @TempDir
    Path folder;

    private RunStore runs;

    @BeforeEach
    void open() {
        runs = RunStore.open(folder);
    }

    @AfterEach
    void close() {
        runs.close();
    }

    private static RunEvent.Measured loss(int step, double value) {
        return new RunEvent.Measured(step, Map.of("loss", value));
    }

    private void store(int run, RunEvent... events) {
        try (EventWriter writer = runs.writer(run)) {
            List.of(events).forEach(writer::on);
        }
    }

    @Test
    void aNewRunIsQueuedAndKeepsItsSpec() {
        int run = runs.create(Specs.sft("first"));

        assertThat(run).isEqualTo(1);
        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
        assertThat(runs.spec(run)).isEqualTo(Specs.sft("first"));
        assertThat(runs.summary(run).totalSteps()).isEqualTo(10);
        assertThat(runs.metricKeys(run)).isEmpty();
        assertThat(runs.environment(run)).isEmpty();
        assertThat(runs.folder(run)).isDirectory();
    }

    @Test
    void everyEventComesBackAsItWent() {
        int run = runs.create(Specs.sft("all events"));
        Sample right = new Sample(0, "1+1=", "#### 2", Optional.of("2"), Optional.of(true));
        Sample unjudged = new Sample(1, "Ünïcödé 🙂", "", Optional.empty(), Optional.empty());
        store(run, new RunEvent.Started(Map.of("device", "cpu")), loss(1, 0.5),
                new RunEvent.Sampled(1, "eval", List.of(right, unjudged)),
                new RunEvent.Checkpointed(1, folder.resolve("checkpoints/run-1/step-1")),
                new RunEvent.Warned(1, "slow", "it is slow"), new RunEvent.Measured(2, Map.of("loss", 0.25)),
                new RunEvent.Ended(Outcome.FINISHED, 2, "", Map.of("eval/accuracy", 1.0)));

        assertThat(runs.environment(run)).containsExactly(Map.entry("device", "cpu"));
        assertThat(runs.metricKeys(run)).containsExactly("eval/accuracy", "loss");
        assertThat(runs.series(run, "loss")).isEqualTo(Series.of(new long[]{1, 2}, new double[]{0.5, 0.25}));
        assertThat(runs.series(run, "loss", 2, 9)).isEqualTo(Series.of(new long[]{2}, new double[]{0.25}));
        assertThat(runs.samples(run, "eval"))
                .containsExactly(new StoredSamples(1, "eval", List.of(right, unjudged)));
        assertThat(runs.samples(run, "samples")).isEmpty();
        assertThat(runs.checkpoints(run)).singleElement().satisfies(
                checkpoint -> assertThat(checkpoint.folder()).isEqualTo(folder.resolve("checkpoints/run-1/step-1")));
        assertThat(runs.warnings(run)).singleElement()
                .satisfies(warning -> assertThat(warning.code()).isEqualTo("slow"));
        RunSummary summary = runs.summary(run);
        assertThat(summary.state()).isEqualTo(RunState.FINISHED);
        assertThat(summary.lastStep()).isEqualTo(2);
        assertThat(summary.metrics()).isEqualTo(Map.of("loss", 0.25, "eval/accuracy", 1.0));
    }

    @Test
    void nanAndInfinitiesComeBackAsThemselves() {
        int run = runs.create(Specs.sft("odd numbers"));
        store(run, loss(1, Double.NaN), loss(2, Double.POSITIVE_INFINITY), loss(3, Double.NEGATIVE_INFINITY),
                loss(4, Double.MIN_VALUE), loss(6, Double.NaN));

        assertThat(runs.series(run, "loss").values()).containsExactly(Double.NaN, Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.NaN);
        assertThat(runs.summary(run).metrics().get("loss")).isNaN();
    }

    @Test
    void aResumedRunHidesWhatItDoesAgain() {
        int run = runs.create(Specs.sft("resumed"));
        store(run, loss(1, 1), loss(2, 2), loss(3, 3), new RunEvent.Warned(3, "gone", "hidden"));
        try (EventWriter second = runs.writer(run, 2)) {
            second.on(loss(3, 30));
            second.on(loss(4, 40));
        }

        assertThat(runs.series(run, "loss"))
                .isEqualTo(Series.of(new long[]{1, 2, 3, 4}, new double[]{1, 2, 30, 40}));
        assertThat(runs.series(run, "loss", 0, 100, 100)).isEqualTo(runs.series(run, "loss"));
        assertThat(runs.warnings(run)).isEmpty();
        assertThat(runs.starts(run)).isEqualTo(2);
    }

    @Test
    void theListShowsWhatAResumedRunGoesOnFrom() {
        int run = runs.create(Specs.sft("resumed"));
        store(run, loss(1, 1), loss(2, 2), new RunEvent.Measured(2, Map.of("eval/loss", 5.0)), loss(3, 3),
                new RunEvent.Ended(Outcome.FAILED, 3, "full", Map.of()));
        try (EventWriter second = runs.writer(run, 2)) {
            assertThat(second.stopSignal().isRequested()).isFalse();
        }
        assertThat(runs.summary(run).lastStep()).isEqualTo(2);
        assertThat(runs.summary(run).metrics()).isEqualTo(Map.of("loss", 2.0, "eval/loss", 5.0));
    }

    @Test
    void aCheckpointIsSafeWhenItsEventReturns() {
        int run = runs.create(Specs.sft("safe"));
        try (EventWriter writer = runs.writer(run)) {
            writer.on(loss(1, 1));
            writer.on(new RunEvent.Checkpointed(1, folder.resolve("checkpoints/run-1/step-000001")));
            assertThat(runs.checkpoints(run)).hasSize(1);
            assertThat(runs.series(run, "loss").size()).isEqualTo(1);
        }
    }

    @Test
    void aPausedRunIsNeitherRunningNorOver() {
        int run = runs.create(Specs.sft("paused"));
        try (RunLock lock = runs.lock(run); EventWriter writer = runs.writer(run)) {
            runs.requestPause(run);
            runs.requestPause(run);
            assertThat(lock).isNotNull();
            assertThat(writer).isNotNull();
            assertThat(runs.state(run)).isEqualTo(RunState.PAUSED);
            runs.endPause(run);
            assertThat(runs.state(run)).isEqualTo(RunState.RUNNING);
        }
    }

    @Test
    void aRunBeingResumedIsQueuedUntilItsProcessBegins() {
        int run = runs.create(Specs.sft("again"));
        store(run, loss(1, 1), new RunEvent.Ended(Outcome.STOPPED, 1, "", Map.of()));
        LockSupport.parkNanos(2_000_000); // the clock has milliseconds
        runs.launched(run);
        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
        runs.failUnstarted(run, 1, "no memory");
        assertThat(runs.state(run)).isEqualTo(RunState.FAILED);
        assertThat(runs.series(run, "loss").size()).isEqualTo(1);
    }

    @Test
    void theStateFollowsLockEventsAndRequests() {
        int run = runs.create(Specs.sft("life"));
        try (RunLock lock = runs.lock(run); EventWriter writer = runs.writer(run)) {
            assertThat(lock).isNotNull();
            assertThat(runs.state(run)).isEqualTo(RunState.RUNNING);
            runs.requestStop(run);
            runs.requestStop(run);
            assertThat(runs.state(run)).isEqualTo(RunState.STOPPING);
            writer.on(loss(1, 1));
        }
        assertThat(runs.state(run)).isEqualTo(RunState.INTERRUPTED);
        store(run, new RunEvent.Ended(Outcome.STOPPED, 1, "as asked", Map.of()));
        assertThat(runs.summary(run).message()).isEqualTo("as asked");
        assertThat(runs.state(run)).isEqualTo(RunState.STOPPED);
        assertThatThrownBy(() -> runs.requestStop(run)).hasMessageContaining("is over");
    }

    @Test
    void onlyOneMayExecuteARunAndLookingDoesNotFreeTheLock() {
        int run = runs.create(Specs.sft("busy"));
        try (RunLock held = runs.lock(run)) {
            assertThat(runs.state(run)).isEqualTo(RunState.RUNNING);
            assertThat(runs.list()).hasSize(1);
            assertThatThrownBy(() -> runs.lock(run)).hasMessageContaining("by another process");
            assertThat(held).isNotNull();
            assertThat(runs.state(run)).isEqualTo(RunState.RUNNING);
        }
        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
    }

    @Test
    void aRunThatCouldNotStartFailsWithTheReason() {
        int run = runs.create(Specs.sft("false start"));
        runs.failUnstarted(run, 0, "no memory");
        runs.failUnstarted(run, 0, "said twice");

        assertThat(runs.state(run)).isEqualTo(RunState.FAILED);
        assertThat(runs.summary(run).message()).isEqualTo("no memory");
        assertThat(runs.starts(run)).isEqualTo(1);
    }

    @Test
    void listIsNewestFirstAndUnknownRunsAreNamed() {
        runs.create(Specs.sft("one"));
        runs.create(Specs.sft("two", Map.of("training.seed", "7")));

        assertThat(runs.list()).extracting(RunSummary::name).containsExactly("two", "one");
        assertThat(runs.list().getFirst().seed()).isEqualTo(7);
        assertThatThrownBy(() -> runs.summary(3)).isInstanceOf(ProjectException.class)
                .hasMessage("the project has no run 3");
    }

    @Test
    void bucketsKeepEveryPeakAndTheFirstNan() {
        int run = runs.create(Specs.sft("peaks"));
        try (EventWriter writer = runs.writer(run)) {
            for (int step = 1; step <= 1000; step++) {
                writer.on(loss(step, step == 777 ? 99 : step == 500 ? Double.NaN : step % 10));
            }
        }
        Series thin = runs.series(run, "loss", 1, 1000, 10);

        assertThat(thin.size()).isLessThanOrEqualTo(30);
        assertThat(thin.values()).contains(99, Double.NaN);
        assertThat(thin.steps()).isSorted().contains(777, 500);
    }

    @Test
    void longSeriesAreThinnedInTheDatabaseAsInMemory() {
        int run = runs.create(Specs.sft("long"));
        try (EventWriter writer = runs.writer(run)) {
            for (int step = 1; step <= 60_000; step++) {
                writer.on(loss(step, step % 997 == 0 ? Double.NaN : Math.sin(step) * step));
            }
        }
        Series inMemory = MinMax.thin(runs.series(run, "loss"), 1, 60_000, 300);

        assertThat(runs.series(run, "loss", 1, 60_000, 300)).isEqualTo(inMemory);
    }

    @Test
    void aFollowerSeesEverythingOnce() {
        int run = runs.create(Specs.sft("followed"));
        RunFollower follower = new RunFollower(runs, run);
        assertThat(follower.poll().newPoints()).isEmpty();
        store(run, loss(1, 1), new RunEvent.Warned(1, "w", "first"),
                new RunEvent.Sampled(1, "samples", List.of(
                        new Sample(0, "p", "c", Optional.empty(), Optional.empty()))));
        RunUpdate first = follower.poll();
        RunUpdate nothing = follower.poll();

        assertThat(first.newPoints().get("loss").values()).containsExactly(1);
        assertThat(first.newWarnings()).hasSize(1);
        assertThat(first.newSamples()).hasSize(1);
        assertThat(nothing.newPoints()).isEmpty();
        assertThat(nothing.newWarnings()).isEmpty();
        assertThat(nothing.newSamples()).isEmpty();

        try (EventWriter again = runs.writer(run, 0)) {
            again.on(loss(1, 5));
        }
        RunUpdate restarted = follower.poll();
        assertThat(restarted.restarted()).isTrue();
        assertThat(restarted.newPoints().get("loss").values()).containsExactly(5);
        assertThat(restarted.newWarnings()).isEmpty();
    }

    @Test
    void firstAndLastSamplesLeaveOutWhatLiesBetween() {
        int run = runs.create(Specs.sft("samples"));
        assertThat(runs.firstAndLastSamples(run, "eval")).isEmpty();
        for (int step : new int[]{0, 5, 10}) {
            try (EventWriter writer = runs.writer(run, step - 1)) {
                writer.on(new RunEvent.Sampled(step, "eval",
                        List.of(new Sample(0, "p", "at " + step, Optional.empty(), Optional.empty()))));
            }
        }
        assertThat(runs.firstAndLastSamples(run, "eval")).extracting(StoredSamples::step).containsExactly(0, 10);
        assertThat(runs.samples(run, "eval", 0)).extracting(StoredSamples::step).containsExactly(5, 10);
    }

    @Test
    void aProjectMovesWithItsCheckpoints() throws Exception {
        int run = runs.create(Specs.sft("moving"));
        store(run, new RunEvent.Checkpointed(3, folder.resolve("checkpoints/run-1/step-000003")));
        runs.close();
        Path moved = folder.resolveSibling(folder.getFileName() + "-moved");
        Files.move(folder, moved);
        try (RunStore there = RunStore.open(moved)) {
            assertThat(there.checkpoints(run).getFirst().folder())
                    .isEqualTo(moved.resolve("checkpoints/run-1/step-000003"));
        } finally {
            Files.move(moved, folder);
        }
    }
}
