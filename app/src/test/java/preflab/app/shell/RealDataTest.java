package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.data.ImportStage;
import preflab.app.train.LiveModel;
import preflab.app.ui.Ui;
import preflab.datasets.SharedData;
import preflab.projects.store.RunState;

/** Three hundred real pairs and a trained checkpoint, from the file to the comparison, by clicks and keys. */
class RealDataTest {

    private static final int PATIENCE = 180;

    private final Ui ui = Ui.get();

    @TempDir
    private Path folder;

    @Test
    void realPairsTrainDpoAndPmpoFromARealCheckpointAndAreCompared() throws Exception {
        Path pairs = SharedData.data("llamafactory/dpo_en_demo.json");
        Path model = SharedData.data("models/stories260k");
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940)) {
            window.picker().willChoose(folder.resolve("real"));
            ui.robot().clickOn("#home-new");
            window.session();
            importPairs(window, pairs);
            ui.robot().push(KeyCode.CONTROL, KeyCode.DIGIT6);
            ui.settle();
            ui.await("the data was taken over",
                    () -> window.session().trainController().model().datasets().size() == 1);
            type("#train-model", model.toString());
            type("#field-training-steps", "3");
            type("#field-training-batch_size", "2");
            // every second prompt fills 512 tokens; cut at their ends, nothing would be left of the answers
            ui.run(() -> window.session().trainController().model().advanced()
                    .fill(Map.of("data.prompt_truncation", "cut_left")));
            train(window, "DPO", 1);
            ui.picture("real-dpo-light");
            train(window, "PMPO", 2);
            ui.picture("real-pmpo-light");
            compare(window);
        }
    }

    private void importPairs(TestWindow window, Path file) {
        ui.robot().push(KeyCode.CONTROL, KeyCode.DIGIT2);
        ui.settle();
        window.picker().willChoose(file);
        ui.robot().clickOn("#data-import");
        var imports = window.session().dataController().imports().model();
        ui.await("the file was looked at", () -> imports.stageProperty().get() == ImportStage.PREVIEW);
        ui.picture("real-preview-light");
        ui.robot().clickOn("#import-run");
        ui.await("the report is shown", () -> imports.stageProperty().get() == ImportStage.REPORT);
        assertThat(ui.find(Label.class, "#import-accepted").getText()).isEqualTo("300");
        assertThat(ui.find(Label.class, "#import-rejected").getText()).isEqualTo("0");
    }

    private void train(TestWindow window, String objective, int run) {
        LiveModel live = window.session().trainController().live().model();
        ui.robot().clickOn("#train-objective");
        ui.settle();
        ui.robot().clickOn(objective);
        ui.settle();
        ui.robot().clickOn("#train-start");
        ui.await(objective + " has ended", PATIENCE, () -> live.summaryProperty().get() != null
                && live.summaryProperty().get().id() == run && live.summaryProperty().get().state().isOver());
        assertThat(live.summaryProperty().get().state()).as(objective).isEqualTo(RunState.FINISHED);
        assertThat(window.session().workspace().runs().warnings(run)).as("the share cut is reported")
                .anyMatch(warning -> warning.message().contains("%"));
    }

    private void type(String field, String text) {
        ui.robot().clickOn(ui.find(Node.class, field)).push(KeyCode.CONTROL, KeyCode.A).write(text).push(KeyCode.TAB);
        ui.settle();
    }

    private void compare(TestWindow window) throws Exception {
        ui.robot().push(KeyCode.CONTROL, KeyCode.DIGIT7);
        ui.settle();
        var model = window.session().compareController().model();
        ui.await("both runs are compared", () -> model.comparisonProperty().get() != null
                && model.comparisonProperty().get().runs().size() == 2);
        ui.picture("real-compare-light");
        Path report = folder.resolve("report.html");
        window.picker().willChoose(report);
        ui.robot().clickOn("#compare-report");
        ui.await("the report was saved", () -> !model.savedProperty().get().isEmpty());
        assertThat(Files.readString(report, StandardCharsets.UTF_8)).contains("<svg").contains("dpo").contains("pmpo");
    }
}
