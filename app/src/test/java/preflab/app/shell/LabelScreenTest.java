package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.label.LabelController;
import preflab.app.ui.CssWarnings;
import preflab.app.ui.LabelFixture;
import preflab.app.ui.ProjectFixture;
import preflab.app.ui.Ui;
import preflab.datasets.label.LabelTask;
import preflab.projects.workspace.Workspace;

/** The Label screen in the whole window: by keys alone, over a restart, and in every look. */
class LabelScreenTest {

    private final Ui ui = Ui.get();

    @TempDir
    private Path folder;
    private Path project;

    @BeforeEach
    void makeProject() {
        project = folder.resolve("sums.preflab");
        Workspace.create(project).close();
    }

    private void inEveryLook(String name, Consumer<TestWindow> prepare) {
        try (TestWindow window = open(Theme.LIGHT)) {
            prepare.accept(window);
            for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
                window.dress(theme);
                String suffix = theme == Theme.DARK ? "-dark" : "-light";
                ui.resize(Ui.WIDE, 940);
                ui.picture("label-" + name + "-wide" + suffix);
                ui.resize(Ui.NARROW, 720);
                ui.picture("label-" + name + "-narrow" + suffix);
            }
        }
    }

    private TestWindow open(Theme theme) {
        TestWindow window = new TestWindow(folder, theme, Ui.WIDE, 940);
        ui.run(() -> window.assembly().door().open(project));
        window.session();
        ui.robot().push(KeyCode.CONTROL, KeyCode.DIGIT3);
        ui.settle();
        assertThat(window.assembly().model().screenProperty().get()).isEqualTo("label");
        return window;
    }

    private static LabelController label(TestWindow window) {
        return window.session().labelController();
    }

    /** Waits until an example of this dataset and task is in the middle. */
    private void choose(TestWindow window, String dataset, LabelTask task) {
        var model = label(window).model();
        ui.await("the datasets are listed", () -> !model.datasets().isEmpty());
        ui.run(() -> {
            model.datasetProperty().set(model.datasets().stream()
                    .filter(info -> info.id().dataset().startsWith(dataset)).findFirst().orElseThrow());
            model.taskProperty().set(task);
        });
        settled(window);
    }

    private void settled(TestWindow window) {
        ui.await("an example is shown and nothing is being saved", () -> label(window).isSettled());
    }

    private void press(TestWindow window, KeyCode... keys) {
        for (KeyCode key : keys) {
            ui.robot().push(key);
        }
        settled(window);
    }

    private String text(String query) {
        return ui.on(() -> ui.find(Label.class, query).getText());
    }

    @Test
    void thirtyAnswersAreLabelledByKeysAloneAndUndoneAfterARestart() {
        try (Workspace workspace = Workspace.open(project)) {
            ProjectFixture.addData(workspace);
        }
        try (TestWindow window = open(Theme.LIGHT)) {
            settled(window);
            for (int answer = 0; answer < 30; answer++) {
                press(window, answer % 2 == 0
                        ? new KeyCode[]{KeyCode.G, KeyCode.G, KeyCode.G}
                        : new KeyCode[]{KeyCode.G, KeyCode.B, KeyCode.N});
            }
            assertThat(text("#label-done")).startsWith("30 labelled");
            assertThat(text("#label-place")).isEqualTo("31 of 200");
        }
        try (TestWindow window = open(Theme.LIGHT)) {
            settled(window);
            assertThat(text("#label-place")).as("goes on where one stopped").isEqualTo("31 of 200");
            press(window, KeyCode.U, KeyCode.U);
            assertThat(text("#label-done")).startsWith("29 labelled");
            assertThat(text("#label-place")).isEqualTo("30 of 200");
            ui.robot().push(KeyCode.SHIFT, KeyCode.U);
            ui.robot().push(KeyCode.SHIFT, KeyCode.U);
            settled(window);
            assertThat(text("#label-done")).startsWith("30 labelled");
        }
    }

    @Test
    void anEmptyProjectSaysWhatToDoNext() {
        inEveryLook("empty", window -> {
        });
        assertThat(CssWarnings.heard()).isEmpty();
    }

    @Test
    void everyTaskShowsWhatIsAskedAndWhatWasSaid() {
        try (Workspace workspace = Workspace.open(project)) {
            ProjectFixture.addData(workspace);
            LabelFixture.addSums(workspace, "valued", 50);
        }
        inEveryLook("steps", window -> {
            choose(window, "sums-steps", LabelTask.STEPS);
            press(window, KeyCode.G, KeyCode.G, KeyCode.G, KeyCode.B, KeyCode.N);
        });
        inEveryLook("threshold", window -> {
            choose(window, "valued", LabelTask.STEPS);
            press(window, KeyCode.RIGHT);
            ui.run(() -> label(window).model().thresholdProperty().set(0.1));
            ui.await("flips are counted", () -> label(window).model().flipsProperty().get().contains("would flip"));
            assertThat(label(window).model().flipsProperty().get())
                    .as("of 25 wrong answers with −0.7, 0.2, −1 the second step of each becomes right")
                    .isEqualTo("→ 25 steps in 25 answers would flip");
        });
        inEveryLook("split", window -> {
            choose(window, "sums-steps", LabelTask.STEPS);
            press(window, KeyCode.F, KeyCode.S);
        });
        inEveryLook("note", window -> {
            choose(window, "sums-steps", LabelTask.STEPS);
            press(window, KeyCode.C);
        });
        inEveryLook("keys", window -> {
            choose(window, "sums-steps", LabelTask.STEPS);
            press(window, KeyCode.F1);
        });
        inEveryLook("answers", window -> {
            choose(window, "sums-answers", LabelTask.ANSWERS);
            press(window, KeyCode.A, KeyCode.R, KeyCode.LEFT);
        });
        inEveryLook("pairs", window -> {
            choose(window, "sums-pairs", LabelTask.PAIRS);
            press(window, KeyCode.B, KeyCode.LEFT);
        });
        inEveryLook("pairs-long", window -> choose(window, "a-conversation", LabelTask.PAIRS));
        assertThat(CssWarnings.heard()).isEmpty();
    }

    @Test
    void longAnswersAndTheScriptsOfTheWorldAreReadFromTheirSide() {
        try (Workspace workspace = Workspace.open(project)) {
            LabelFixture.addScripts(workspace);
        }
        inEveryLook("long", window -> choose(window, "scripts", LabelTask.STEPS));
        inEveryLook("arabic", window -> {
            choose(window, "scripts", LabelTask.STEPS);
            press(window, KeyCode.RIGHT, KeyCode.B);
        });
        inEveryLook("cjk", window -> {
            choose(window, "scripts", LabelTask.STEPS);
            press(window, KeyCode.RIGHT, KeyCode.RIGHT, KeyCode.N);
        });
        assertThat(CssWarnings.heard()).isEmpty();
    }
}
