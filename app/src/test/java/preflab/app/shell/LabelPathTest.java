package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import preflab.app.data.ImportStage;
import preflab.app.ui.LabelFixture;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.example.Stepwise;
import preflab.projects.workspace.Workspace;

/** From verdicts to a file and back, by keys: labels, undo over a restart, threshold, export, import. */
class LabelPathTest extends WithProject {

    private static final int ROWS = 40;
    private static final int LABELLED = 30;

    @Override
    void fill(Workspace workspace) {
        LabelFixture.addSums(workspace, "sums", ROWS);
    }

    @Test
    void thirtyAnswersLabelledByKeysAloneComeBackAsTheyWere() {
        try (LabelHands hands = LabelHands.open(folder, project, Theme.LIGHT)) {
            labelThirty(hands);
        }
        Path file = folder.resolve("labelled.jsonl");
        try (LabelHands hands = LabelHands.open(folder, project, Theme.LIGHT)) {
            undoAndRedoWhatWasDoneBefore(hands);
            moveTheThreshold(hands);
            export(hands, file);
            importAgain(hands, file);
        }
        try (Workspace workspace = Workspace.open(project)) {
            ExampleView published = workspace.datasets().view(workspace.datasets().resolve("sums@2"));
            ExampleView imported = workspace.datasets().view(workspace.datasets().resolve("labelled@1"));
            assertThat(imported.size()).isEqualTo(ROWS);
            for (int row = 0; row < ROWS; row++) {
                assertThat(labels(imported, row)).as("row %d", row).isEqualTo(row < LABELLED ? said(row) : silence());
                assertThat(((Stepwise) imported.get(row)).steps()).isEqualTo(((Stepwise) published.get(row)).steps());
            }
            assertThat(workspace.stepThreshold()).contains(new StepThreshold(0.1));
        }
    }

    private void labelThirty(LabelHands hands) {
        hands.settled();
        for (int row = 0; row < LABELLED; row++) {
            hands.press(said(row).stream().map(LabelPathTest::key).toArray(KeyCode[]::new));
        }
        assertThat(hands.text("#label-done")).startsWith("30 labelled");
        assertThat(hands.text("#label-place")).isEqualTo("31 of 40");
    }

    private static List<StepLabel> said(int row) {
        return switch (row % 3) {
            case 0 -> List.of(StepLabel.GOOD, StepLabel.GOOD, StepLabel.GOOD);
            case 1 -> List.of(StepLabel.BAD, StepLabel.BAD, StepLabel.NEUTRAL);
            default -> List.of(StepLabel.GOOD, StepLabel.NEUTRAL, StepLabel.BAD);
        };
    }

    private static List<StepLabel> silence() {
        return List.of(StepLabel.UNMARKED, StepLabel.UNMARKED, StepLabel.UNMARKED);
    }

    private static KeyCode key(StepLabel label) {
        return switch (label) {
            case GOOD -> KeyCode.G;
            case NEUTRAL -> KeyCode.N;
            case BAD -> KeyCode.B;
            case UNMARKED -> KeyCode.X;
        };
    }

    private static List<StepLabel> labels(ExampleView rows, int row) {
        return ((Stepwise) rows.get(row)).steps().stream().map(Step::label).toList();
    }

    private void undoAndRedoWhatWasDoneBefore(LabelHands hands) {
        hands.settled();
        assertThat(hands.text("#label-place")).as("goes on where one stopped").isEqualTo("31 of 40");
        hands.press(KeyCode.U, KeyCode.U);
        assertThat(hands.text("#label-done")).startsWith("29 labelled");
        assertThat(hands.text("#label-place")).isEqualTo("30 of 40");
        hands.together(KeyCode.SHIFT, KeyCode.U);
        hands.together(KeyCode.SHIFT, KeyCode.U);
        assertThat(hands.text("#label-done")).startsWith("30 labelled");
    }

    private void moveTheThreshold(LabelHands hands) {
        var model = hands.label().model();
        ui.await("the values were read", () -> model.flipsProperty().get().contains("default"));
        List<KeyCode> down = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            down.add(KeyCode.OPEN_BRACKET);
        }
        hands.press(down.toArray(KeyCode[]::new));
        assertThat(model.thresholdProperty().get()).isEqualTo(0.1, org.assertj.core.data.Offset.offset(1e-9));
        ui.await("flips are counted", () -> model.flipsProperty().get().contains("would flip"));
        assertThat(model.flipsProperty().get()).as("the second step of each of 20 wrong answers has Q 0.2")
                .isEqualTo("→ 20 steps in 20 answers would flip");
        ui.picture("label-path-threshold-light");
        hands.press(KeyCode.Y);
        ui.await("it is kept", () -> model.flipsProperty().get().contains("default"));
    }

    private void export(LabelHands hands, Path file) {
        hands.window().picker().willChoose(file);
        hands.press(KeyCode.O);
        ui.robot().clickOn("#label-export-run");
        hands.settled();
        ui.await("the file is written", () -> hands.label().publishing().publishModel().noteProperty().get()
                .endsWith("written to labelled.jsonl"));
        assertThat(file).isRegularFile();
        assertThat(hands.text("#label-publish-note")).startsWith("sums v2 published: 40 rows, 30 labelled");
        ui.picture("label-path-exported-light");
        ui.robot().push(KeyCode.ESCAPE);
        hands.press(KeyCode.P);
        assertThat(hands.label().publishing().publishModel().noteProperty().get())
                .as("nothing was said in between").isEqualTo("sums v2 holds these labels already");
    }

    private void importAgain(LabelHands hands, Path file) {
        ui.robot().push(KeyCode.CONTROL, KeyCode.DIGIT2);
        ui.settle();
        hands.window().picker().willChoose(file);
        ui.robot().clickOn("#data-import");
        var imports = hands.window().session().dataController().imports().model();
        ui.await("the file was looked at", () -> imports.stageProperty().get() == ImportStage.PREVIEW);
        ui.robot().clickOn("#import-run");
        ui.await("the report is shown", () -> imports.stageProperty().get() == ImportStage.REPORT);
        assertThat(ui.find(Label.class, "#import-accepted").getText()).isEqualTo("40");
        ui.await("the new rows are listed", () -> hands.label().model().datasets().stream()
                .anyMatch(info -> info.id().dataset().equals("labelled")));
    }
}
