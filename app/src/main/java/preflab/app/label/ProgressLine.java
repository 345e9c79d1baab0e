package preflab.app.label;

import java.util.concurrent.Callable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;

/** Where one stands: place, share done, pace, and the ways on. */
final class ProgressLine extends HBox {

    private final LabelModel model;
    private final LabelController controller;

    ProgressLine(LabelController controller) {
        super(8);
        this.controller = controller;
        this.model = controller.model();
        getStyleClass().add("label-progress");
        setAlignment(Pos.CENTER_LEFT);
        Label place = Nodes.label("", "strong");
        place.setId("label-place");
        place.setMinWidth(USE_PREF_SIZE);
        place.textProperty().bind(text(() -> model.pageProperty().get() == null
                ? ""
                : Words.count(model.pageProperty().get().place() + 1L) + " of "
                        + Words.count(model.totalProperty().get())));
        Label done = Nodes.label("", "muted");
        done.setId("label-done");
        done.setMinWidth(USE_PREF_SIZE);
        done.textProperty().bind(text(() -> Words.count(model.doneProperty().get()) + " labelled"
                + (model.paceProperty().get().isEmpty() ? "" : " · " + model.paceProperty().get())));
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(Bindings.createDoubleBinding(() -> model.totalProperty().get() == 0
                ? 0
                : (double) model.doneProperty().get() / model.totalProperty().get(), model.doneProperty(),
                model.totalProperty()));
        bar.setPrefWidth(90);
        bar.setMinWidth(40);
        Label message = Nodes.ellipsized("muted", "small");
        message.setId("label-message");
        message.textProperty().bind(model.messageProperty());
        getChildren().addAll(icon(Feather.CHEVRON_LEFT, LabelAction.PREVIOUS),
                icon(Feather.CHEVRON_RIGHT, LabelAction.NEXT), place, bar, done, button("next unlabelled",
                        Feather.SKIP_FORWARD, LabelAction.UNLABELLED),
                icon(Feather.FLAG, LabelAction.FLAGGED), icon(Feather.SEARCH, LabelAction.SEARCH),
                icon(Feather.ROTATE_CCW, LabelAction.UNDO), icon(Feather.ROTATE_CW, LabelAction.REDO), message);
        Nodes.showWhen(this, model.pageProperty().isNotNull());
    }

    private StringBinding text(Callable<String> words) {
        return Bindings.createStringBinding(words, model.pageProperty(), model.totalProperty(), model.doneProperty(),
                model.paceProperty());
    }

    private Button icon(Ikon icon, LabelAction action) {
        Button button = Nodes.iconButton(icon, action.title(), () -> controller.act(action));
        return dressed(button, action);
    }

    private Button button(String text, Ikon icon, LabelAction action) {
        return dressed(Nodes.button(text, icon, () -> controller.act(action)), action);
    }

    private Button dressed(Button button, LabelAction action) {
        button.setId("label-do-" + action.name());
        Tooltip tooltip = new Tooltip();
        tooltip.textProperty().bind(
                model.keysProperty().map(keys -> action.title() + " (" + keys.shown(action) + ")"));
        button.setTooltip(tooltip);
        return button;
    }
}
