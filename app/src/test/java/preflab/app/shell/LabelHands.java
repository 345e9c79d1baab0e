package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import preflab.app.label.LabelController;
import preflab.app.ui.Ui;
import preflab.datasets.label.LabelTask;

/** A person at the keyboard of the Label screen. */
final class LabelHands implements AutoCloseable {

    private final Ui ui = Ui.get();
    private final TestWindow window;

    private LabelHands(TestWindow window) {
        this.window = window;
    }

    /** Opens a project in a window and goes to the screen by its key. */
    static LabelHands open(Path folder, Path project, Theme theme) {
        TestWindow window = new TestWindow(folder, theme, Ui.WIDE, 940);
        LabelHands hands = new LabelHands(window);
        hands.ui.run(() -> window.assembly().door().open(project));
        window.session();
        hands.ui.robot().push(KeyCode.CONTROL, KeyCode.DIGIT3);
        hands.ui.settle();
        assertThat(window.assembly().model().screenProperty().get()).isEqualTo("label");
        return hands;
    }

    TestWindow window() {
        return window;
    }

    LabelController label() {
        return window.session().labelController();
    }

    /** Waits until an example of this dataset and task is in the middle. */
    void choose(String dataset, LabelTask task) {
        var model = label().model();
        ui.await("the datasets are listed", () -> !model.datasets().isEmpty());
        ui.run(() -> {
            model.datasetProperty().set(model.datasets().stream()
                    .filter(info -> info.id().dataset().startsWith(dataset)).findFirst().orElseThrow());
            model.taskProperty().set(task);
        });
        settled();
    }

    void settled() {
        ui.await("an example is shown and nothing is being saved", () -> label().isSettled());
    }

    void press(KeyCode... keys) {
        for (KeyCode key : keys) {
            ui.robot().push(key);
        }
        settled();
    }

    void together(KeyCode... keys) {
        ui.robot().push(keys);
        settled();
    }

    String text(String query) {
        return ui.on(() -> ui.find(Label.class, query).getText());
    }

    @Override
    public void close() {
        window.close();
    }
}
