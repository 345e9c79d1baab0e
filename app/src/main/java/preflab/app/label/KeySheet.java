package preflab.app.label;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;

/** All keys over the screen. A click on one, then another key, changes it; a key that means something else is refused. */
final class KeySheet extends StackPane {

    private final LabelModel model;
    private final FlowPane groups = new FlowPane(28, 14);
    private final Label message = Nodes.wrapped("", "muted");
    private Optional<LabelAction> changing = Optional.empty();

    KeySheet(LabelModel model) {
        this.model = model;
        setId("label-key-sheet");
        getStyleClass().add("error-scene");
        Button reset = Nodes.button("All as at first", Feather.ROTATE_CCW, () -> {
            model.keysProperty().set(LabelKeys.DEFAULT);
            say("All keys are as at first.");
        });
        Button close = Nodes.primary(Nodes.button("Close (Esc)", Feather.X, this::close));
        close.setId("label-keys-close");
        HBox head = Nodes.row(10, Nodes.label("Keys", "screen-title"), Nodes.spacer(), reset, close);
        ScrollPane scroll = new ScrollPane(groups);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        VBox card = new VBox(12, head, message, scroll);
        card.getStyleClass().add("error-card");
        card.setMaxSize(860, USE_PREF_SIZE);
        card.setMinHeight(0);
        setMinSize(0, 0);
        scroll.setMinHeight(0);
        getChildren().add(card);
        setAlignment(Pos.CENTER);
        Nodes.showWhen(this, model.sheetProperty());
        model.keysProperty().subscribe(keys -> draw());
        model.sheetProperty().subscribe(open -> {
            changing = Optional.empty();
            say("Click a key to change it. Arrows, F1 and Ctrl+Z always work.");
            draw();
            if (open) {
                close.requestFocus();
            }
        });
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    private void say(String text) {
        message.setText(text);
    }

    private void draw() {
        groups.getChildren().setAll(Arrays.stream(LabelAction.Group.values()).map(this::group).toList());
    }

    private VBox group(LabelAction.Group group) {
        VBox box = new VBox(3, Nodes.label(group.title(), "section-title"));
        LabelAction.of(Set.of(group)).forEach(action -> box.getChildren().add(line(action)));
        box.setPrefWidth(252);
        return box;
    }

    private HBox line(LabelAction action) {
        boolean asked = changing.equals(Optional.of(action));
        Button key = new Button(asked ? "press…" : model.keysProperty().get().shown(action));
        key.setId("key-" + action.name());
        key.getStyleClass().add("key-cap");
        key.setMinWidth(58);
        key.setAccessibleText(action.title() + ": " + key.getText() + "; press to change");
        key.setOnAction(e -> {
            changing = Optional.of(action);
            say("Press the key for “" + action.title() + "”, or Esc to leave it.");
            draw();
        });
        return Nodes.row(10, key, Nodes.label(action.title()));
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && changing.isEmpty()) {
            close();
            event.consume();
        } else if (changing.isPresent()) {
            event.consume();
            if (event.getCode() == KeyCode.ESCAPE) {
                changing = Optional.empty();
                draw();
            } else {
                LabelKeys.pressed(event).ifPresent(key -> change(changing.orElseThrow(), key));
            }
        }
    }

    private void change(LabelAction action, KeyCodeCombination key) {
        LabelKeys keys = model.keysProperty().get();
        Optional<String> conflict = keys.conflict(action, key);
        if (conflict.isPresent()) {
            say(conflict.get() + ".");
            return;
        }
        changing = Optional.empty();
        say("“" + action.title() + "” is now " + LabelKeys.shown(key) + ".");
        model.keysProperty().set(keys.with(action, key));
        draw();
        requestFocus();
    }

    private void close() {
        model.sheetProperty().set(false);
    }
}
