package preflab.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.dialog.ErrorModel;
import preflab.app.task.Activities;
import preflab.app.task.Ticker;
import preflab.app.task.Work;
import preflab.app.ui.ProjectFixture;
import preflab.app.ui.Ui;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.projects.run.ResumeProof;
import preflab.projects.store.EventWriter;
import preflab.projects.store.RunLock;
import preflab.projects.store.RunState;
import preflab.projects.workspace.Workspace;

/** Watching runs, with a timer driven by hand and work done at once. */
class LiveControllerTest {

    private static final DatasetVersionId PAIRS = new DatasetVersionId("pairs", 1, "a".repeat(64));

    @TempDir
    private Path folder;

    private final Activities activities = new Activities();
    private final ErrorModel errors = new ErrorModel();
    private final LiveModel model = new LiveModel();
    private final Ticker ticker = Ui.get().on(Ticker::new);
    private final List<Integer> resumed = new ArrayList<>();
    private long nanos;
    private Workspace workspace;
    private LiveController controller;

    @BeforeEach
    void open() {
        workspace = Workspace.create(folder.resolve("p.preflab"));
        controller = new LiveController(model, workspace.runs(), resumed::add, this::prove, Work.direct(), ticker,
                activities,
                errors, () -> nanos);
    }

    @AfterEach
    void close() {
        controller.close();
        workspace.close();
    }

    /** Holds for run 1 alone. */
    private ResumeProof.Result prove(int run, Consumer<String> progress) {
        progress.accept("killed 1 of 3, at step 4");
        workspace.runs().spec(run);
        return new ResumeProof.Result(3, 1, 12, 400, 8, run == 1 ? List.of() : List.of("loss at step 5"));
    }

    private void tick(int times) {
        for (int i = 0; i < times; i++) {
            nanos += 100_000_000L;
            ticker.tick();
        }
    }

    @Test
    void aRunSomebodyElseStartedIsPickedUpAndShownOnTheTaskBar() {
        ProjectFixture.addRun(workspace, "sft", "old", PAIRS, 1, 20, Outcome.FINISHED);
        try (RunLock lock = ProjectFixture.addRunning(workspace, "dpo", "now", PAIRS)) {
            assertThat(lock).isNotNull();
            controller.refresh();
            assertThat(model.summaryProperty().get().name()).isEqualTo("now");
            assertThat(model.summaryProperty().get().state()).isEqualTo(RunState.RUNNING);
            assertThat(model.series("loss").size()).isEqualTo(320);
            assertThat(model.warnings()).hasSize(1);
            assertThat(activities.running()).singleElement()
                    .satisfies(activity -> assertThat(activity.progressProperty().get()).isEqualTo(0.16));
        }
    }

    @Test
    void newPointsAreAddedAndTheTimeLeftFollowsFromThePace() {
        int run = workspace.runs().create(ProjectFixture.spec("sft", "live", PAIRS, 1, 1000));
        try (RunLock lock = workspace.runs().lock(run); EventWriter writer = workspace.runs().writer(run)) {
            assertThat(lock).isNotNull();
            log(writer, 0, 10);
            Ui.get().await("the first points are stored", () -> workspace.runs().series(run, "loss").size() == 10);
            controller.follow(run);
            assertThat(model.series("loss").size()).isEqualTo(10);
            log(writer, 10, 30);
            Ui.get().await("the next points are stored", () -> workspace.runs().series(run, "loss").size() == 30);
            tick(20);
            assertThat(model.series("loss").size()).isEqualTo(30);
            assertThat(model.series("loss").lastStep()).isEqualTo(30);
            assertThat(model.timeLeftProperty().get()).startsWith("about").endsWith("left");
            assertThat(model.speedProperty().get()).isEqualTo("1,500 tok/s");
        }
    }

    private static void log(EventWriter writer, int from, int to) {
        for (int step = from + 1; step <= to; step++) {
            writer.on(new RunEvent.Measured(step, Map.of("loss", 1.0 / step, "tokens_per_second", 1500.0)));
        }
    }

    @Test
    void aStopIsAskedForOnceAndShownUntilTheRunIsOver() {
        try (RunLock lock = ProjectFixture.addRunning(workspace, "dpo", "now", PAIRS)) {
            assertThat(lock).isNotNull();
            controller.refresh();
            controller.stop();
            assertThat(model.stopAskedProperty().get()).isTrue();
            assertThat(model.summaryProperty().get().state()).isEqualTo(RunState.STOPPING);
        }
        tick(20);
        assertThat(model.summaryProperty().get().state()).isEqualTo(RunState.INTERRUPTED);
        assertThat(activities.running()).isEmpty();
    }

    @Test
    void aPausedRunGoesOnWhereItWaits() {
        try (RunLock lock = ProjectFixture.addRunning(workspace, "dpo", "now", PAIRS)) {
            assertThat(lock).isNotNull();
            controller.refresh();
            controller.pause();
            assertThat(model.summaryProperty().get().state()).isEqualTo(RunState.PAUSED);
            assertThat(model.timeLeftProperty().get()).isEmpty();
            controller.resume();
            tick(20);
            assertThat(model.summaryProperty().get().state()).isEqualTo(RunState.RUNNING);
            assertThat(resumed).isEmpty();
        }
    }

    @Test
    void aStoppedRunGoesOnInAProcessOfItsOwnAndAFinishedOneDoesNot() {
        int stopped = ProjectFixture.addRun(workspace, "sft", "stopped", PAIRS, 1, 20, Outcome.STOPPED);
        int finished = ProjectFixture.addRun(workspace, "sft", "finished", PAIRS, 1, 20, Outcome.FINISHED);
        controller.follow(finished);
        controller.resume();
        controller.follow(stopped);
        controller.resume();
        assertThat(resumed).containsExactly(stopped);
        assertThat(model.resumeAskedProperty().get()).isFalse();
    }

    @Test
    void aProofOnTheWatchedRunSaysWhatItCameTo() {
        controller.prove();
        assertThat(controller.proof().verdictProperty().get()).as("no run is watched").isNull();
        controller.follow(ProjectFixture.addRun(workspace, "sft", "holds", PAIRS, 1, 20, Outcome.FINISHED));
        controller.prove();
        assertThat(controller.proof().verdictProperty().get()).isEqualTo(CheckLine.good("Run 1 killed and resumed. It"
                + " holds, bit by bit: 3 kills in 1 run of 12 steps; 400 logged values and 8 texts of each compared with"
                + " a run that nobody killed."));
        controller.follow(ProjectFixture.addRun(workspace, "sft", "does not", PAIRS, 1, 20, Outcome.FINISHED));
        controller.prove();
        assertThat(controller.proof().verdictProperty().get().verdict()).isEqualTo(CheckLine.Verdict.BAD);
        assertThat(controller.proof().verdictProperty().get().text()).endsWith("Different: loss at step 5");
        assertThat(controller.proof().runningProperty().get()).isFalse();
        assertThat(activities.running()).isEmpty();
    }

    @Test
    void theFirstAnswersStayBesideTheNewest() {
        int run = ProjectFixture.addRun(workspace, "dpo", "samples", PAIRS, 1, 50, Outcome.FINISHED);
        controller.follow(run);
        assertThat(model.firstSamplesProperty().get().step()).isZero();
        assertThat(model.lastSamplesProperty().get().step()).isEqualTo(50);
    }

    @Test
    void anotherRunStartsWithAnEmptyPage() {
        int first = ProjectFixture.addRun(workspace, "dpo", "first", PAIRS, 1, 50, Outcome.FINISHED);
        int second = ProjectFixture.addRun(workspace, "sft", "second", PAIRS, 2, 20, Outcome.FINISHED);
        controller.follow(first);
        controller.follow(second);
        assertThat(model.series("loss").size()).isEqualTo(20);
        assertThat(errors.reportProperty().get()).isNull();
    }
}
