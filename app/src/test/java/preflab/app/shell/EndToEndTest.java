package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.cli.TinyModel;
import preflab.app.data.ImportStage;
import preflab.app.task.BusyProbe;
import preflab.app.train.LiveModel;
import preflab.app.ui.Ui;
import preflab.engine.objective.Objectives;
import preflab.projects.store.RunState;

/**
 * The whole path by clicks: a new project, an import, a run in a process of its own watched live and stopped, a second
 * run, their comparison and its report. The choosers of the system are answered by a script; nothing else is replaced.
 */
class EndToEndTest {

    /** A child process starts a virtual machine and loads the engine; on a busy machine that takes its time. */
    private static final int PATIENCE = 180;

    private final Ui ui = Ui.get();

    @TempDir
    private Path folder;

    @Test
    void fromAFileToAComparisonByClicks() throws Exception {
        Path model = TinyModel.in(folder.resolve("tiny"));
        Path pairs = Files.writeString(folder.resolve("pairs.json"), pairs(64), StandardCharsets.UTF_8);
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940)) {
            window.picker().willChoose(folder.resolve("e2e"));
            ui.robot().clickOn("#home-new");
            window.session();
            ui.picture("e2e-1-home-light");
            importFile(window, pairs);
            int stopped = trainAndStop(window, model);
            int finished = trainToTheEnd(window);
            compare(window, List.of(stopped, finished));
        }
    }

    private static String pairs(int rows) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < rows; i++) {
            text.append(i == 0 ? "" : ",\n").append("{\"prompt\": \"").append(i).append("+1=\", \"chosen\": \"#### ")
                    .append(i + 1).append("\", \"rejected\": \"#### ").append(i).append("\"}");
        }
        return text.append(", {\"prompt\": \"a row without answers\"}]").toString();
    }

    private void importFile(TestWindow window, Path file) {
        ui.robot().push(KeyCode.CONTROL, KeyCode.DIGIT2);
        ui.settle();
        window.picker().willChoose(file);
        ui.robot().clickOn("#data-import");
        var imports = window.session().dataController().imports().model();
        ui.await("the file was looked at", () -> imports.stageProperty().get() == ImportStage.PREVIEW);
        ui.picture("e2e-2-preview-light");
        ui.robot().clickOn("#import-run");
        ui.await("the report is shown", () -> imports.stageProperty().get() == ImportStage.REPORT);
        assertThat(ui.find(Label.class, "#import-accepted").getText()).isEqualTo("64");
        assertThat(ui.find(Label.class, "#import-rejected").getText()).isEqualTo("1");
        ui.picture("e2e-3-report-light");
        ui.robot().clickOn("#import-show");
        ui.await("the rows are there",
                () -> window.session().dataController().model().rowsNoteProperty().get().equals("64 rows"));
    }

    private int trainAndStop(TestWindow window, Path model) throws IOException {
        ui.robot().push(KeyCode.CONTROL, KeyCode.DIGIT6);
        ui.settle();
        var train = window.session().trainController();
        LiveModel live = train.live().model();
        ui.await("the data was taken over", () -> train.model().datasets().size() == 1);
        ui.run(() -> train.model().objectiveProperty().set(Objectives.find("dpo").orElseThrow()));
        ui.run(() -> train.model().modelRefProperty().set(model.toString()));
        type("#field-training-steps", "100000");
        type("#field-training-batch_size", "8");
        ui.robot().clickOn("#train-start");
        ui.await("the run logs its first losses", PATIENCE, () -> live.series("loss").size() >= 20);
        watchTheThread(live);
        assertThat(live.series("loss").value(0)).as("DPO begins at ln 2").isBetween(0.6931, 0.6932);
        assertThat(live.summaryProperty().get().state()).isEqualTo(RunState.RUNNING);
        ui.picture("e2e-4-training-light");
        ui.robot().clickOn("#train-stop");
        ui.await("the run has stopped", PATIENCE, () -> live.summaryProperty().get().state().isOver());
        assertThat(live.summaryProperty().get().state()).isEqualTo(RunState.STOPPED);
        ui.picture("e2e-5-stopped-light");
        return live.summaryProperty().get().id();
    }

    /** Nothing but the run happens to the window meanwhile: no robot, no pictures. */
    private void watchTheThread(LiveModel live) throws IOException {
        try (BusyProbe probe = new BusyProbe()) {
            int before = live.series("loss").size();
            ui.await("the window followed 25 reads", PATIENCE, () -> probe.turns() > 400
                    && live.series("loss").size() > before + 100);
            write(probe);
        }
    }

    private int trainToTheEnd(TestWindow window) {
        var train = window.session().trainController();
        LiveModel live = train.live().model();
        int before = live.summaryProperty().get().id();
        ui.run(() -> train.model().objectiveProperty().set(Objectives.find("sft").orElseThrow()));
        type("#field-training-steps", "12");
        ui.robot().clickOn("#train-start");
        ui.await("the second run has ended", PATIENCE, () -> live.summaryProperty().get() != null
                && live.summaryProperty().get().id() != before && live.summaryProperty().get().state().isOver());
        assertThat(live.summaryProperty().get().state()).isEqualTo(RunState.FINISHED);
        return live.summaryProperty().get().id();
    }

    private void type(String field, String text) {
        ui.robot().clickOn(ui.find(Node.class, field)).push(KeyCode.CONTROL, KeyCode.A).write(text);
        if (ui.find(Node.class, field) instanceof TextInputControl input) {
            assertThat(input.getText()).isEqualTo(text);
        }
        ui.settle();
    }

    private void compare(TestWindow window, List<Integer> runs) throws IOException {
        ui.robot().push(KeyCode.CONTROL, KeyCode.DIGIT7);
        ui.settle();
        var model = window.session().compareController().model();
        ui.await("both runs are compared", () -> model.comparisonProperty().get() != null
                && model.picked().containsAll(runs) && model.comparisonProperty().get().runs().size() == 2);
        ui.picture("e2e-6-compare-light");
        window.dress(Theme.DARK);
        ui.picture("e2e-6-compare-dark");
        Path report = folder.resolve("report.html");
        window.picker().willChoose(report);
        ui.robot().clickOn("#compare-report");
        ui.await("the report was saved", () -> !model.savedProperty().get().isEmpty());
        assertThat(Files.readString(report, StandardCharsets.UTF_8)).contains("<svg").contains("dpo pairs");
    }

    /** A figure to be read, not a bound to be held: other programs on the machine count in it. */
    private static void write(BusyProbe probe) throws IOException {
        Path file = Path.of(System.getProperty("preflab.screens", "target/screens"))
                .resolveSibling("window-busy.txt");
        Files.writeString(file,
                String.format(Locale.ROOT,
                        "JavaFX thread during a training run: longest wait for a turn %.1f ms (its own processor time"
                                + " at most %.1f ms), %d of %d waits over 100 ms%n",
                        probe.longestMillis(), probe.longestProcessorMillis(), probe.longerThan100Millis(),
                        probe.turns()),
                StandardCharsets.UTF_8);
        assertThat(probe.turns()).isPositive();
    }
}
