package preflab.app.label;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;

/** All keys over the screen. A click on one, then another key, changes it; a key that means something else is refused. */
final class KeySheet extends Sheet {

    private static final double WIDTH = 248;
    /** About as high as each other. */
    private static final List<List<LabelAction.Group>> COLUMNS = List.of(List.of(LabelAction.Group.STEPS,
            LabelAction.Group.ANSWERS, LabelAction.Group.PAIRS),
            List.of(LabelAction.Group.MOVE,
                    LabelAction.Group.RECORD),
            List.of(LabelAction.Group.FINISH, LabelAction.Group.VERSION));

    private final LabelModel model;
    private final HBox groups;
    private final Label message;
    private Optional<LabelAction> changing = Optional.empty();

    KeySheet(LabelModel model) {
        this(model, new HBox(24), Nodes.wrapped("", "muted"),
                Nodes.button("All as at first", Feather.ROTATE_CCW, () -> model.keysProperty().set(LabelKeys.DEFAULT)));
    }

    private KeySheet(LabelModel model, HBox groups, Label message, Button reset) {
        super(Kind.KEYS, model.sheetProperty(), "Keys", message, groups, reset);
        this.model = model;
        this.groups = groups;
        this.message = message;
        setId("label-key-sheet");
        closeButton().setId("label-keys-close");
        model.keysProperty().subscribe(keys -> draw());
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    @Override
    void opened() {
        changing = Optional.empty();
        say("Click a key to change it. Arrows, F1 and Ctrl+Z always work.");
        draw();
    }

    @Override
    boolean isBusy() {
        return changing.isPresent();
    }

    private void say(String text) {
        message.setText(text);
    }

    private void draw() {
        groups.getChildren().setAll(COLUMNS.stream()
                .map(column -> new VBox(10, column.stream().map(this::group).toArray(VBox[]::new))).toList());
    }

    private VBox group(LabelAction.Group group) {
        VBox box = new VBox(3, Nodes.label(group.title(), "section-title"));
        LabelAction.of(Set.of(group)).forEach(action -> box.getChildren().add(line(action)));
        box.setPrefWidth(WIDTH);
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
            requestFocus(); // the button that had it is drawn anew
        });
        return Nodes.row(10, key, Nodes.label(action.title()));
    }

    private void pressed(KeyEvent event) {
        if (changing.isPresent()) {
            event.consume();
            if (event.getCode() == KeyCode.ESCAPE) {
                changing = Optional.empty();
                draw();
                requestFocus();
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
}
