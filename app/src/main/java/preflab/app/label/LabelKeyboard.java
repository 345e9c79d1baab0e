package preflab.app.label;

import java.util.Set;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Slider;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Hears keys anywhere in the window while the screen is shown, so that no click is needed first. */
final class LabelKeyboard {

    /** What a focused button, slider or list does itself. */
    private static final Set<KeyCode> CONTROLS = Set.of(KeyCode.SPACE, KeyCode.ENTER, KeyCode.UP, KeyCode.DOWN,
            KeyCode.LEFT, KeyCode.RIGHT);

    private final Node page;
    private final LabelController controller;
    private boolean acted;

    LabelKeyboard(Node screen, Node page, LabelController controller) {
        this.page = page;
        this.controller = controller;
        EventHandler<KeyEvent> filter = this::heard;
        screen.sceneProperty().subscribe((before, now) -> {
            remove(before, filter);
            if (now != null) {
                now.addEventFilter(KeyEvent.ANY, filter);
                page.requestFocus();
            }
        });
        controller.model().askProperty().subscribe(ask -> {
            if (ask == Ask.NOTHING) {
                page.requestFocus();
            }
        });
        controller.model().pageProperty().subscribe((before, shown) -> {
            if (before == null && shown != null && !isTyping()) {
                page.requestFocus(); // what was hidden had lost it
            }
        });
        controller.model().sheetProperty().subscribe(open -> {
            if (open == Sheet.Kind.NONE) {
                page.requestFocus();
            }
        });
    }

    private static void remove(Scene scene, EventHandler<KeyEvent> filter) {
        if (scene != null) {
            scene.removeEventFilter(KeyEvent.ANY, filter);
        }
    }

    /** The letter of a key that did something is not to be typed as well, into a line that it opened. */
    private void heard(KeyEvent event) {
        if (event.getEventType() == KeyEvent.KEY_PRESSED) {
            pressed(event);
            acted = event.isConsumed();
        } else if (event.getEventType() == KeyEvent.KEY_TYPED && acted) {
            event.consume();
        }
    }

    private void pressed(KeyEvent event) {
        LabelModel model = controller.model();
        if (model.sheetProperty().get() != Sheet.Kind.NONE && event.getCode() == KeyCode.ESCAPE && !isInSheet()) {
            model.sheetProperty().set(Sheet.Kind.NONE); // a button that was disabled had lost the focus to the screen
            event.consume();
        }
        if (model.sheetProperty().get() != Sheet.Kind.NONE || model.pageProperty().get() == null || page.isDisabled()
                || taken(event)) {
            return;
        }
        if (model.splitAtProperty().get() >= 0) {
            if (controller.splitting().key(event.getCode(), event.isShortcutDown())) {
                event.consume();
            }
            return;
        }
        model.keysProperty().get().action(event, model.groups()).ifPresent(action -> {
            event.consume();
            controller.act(action);
        });
    }

    private Node focusOwner() {
        return page.getScene() == null ? null : page.getScene().getFocusOwner();
    }

    private boolean isInSheet() {
        Node node = focusOwner();
        while (node != null && !(node instanceof Sheet)) {
            node = node.getParent();
        }
        return node != null;
    }

    private boolean isTyping() {
        Node owner = focusOwner();
        return owner instanceof TextInputControl || (owner instanceof ComboBox<?> box && box.isEditable());
    }

    /** Whether whoever has the focus needs this key. */
    private boolean taken(KeyEvent event) {
        Node owner = focusOwner();
        boolean control = owner instanceof ButtonBase || owner instanceof Slider || owner instanceof ComboBoxBase<?>;
        return isTyping() || (control && CONTROLS.contains(event.getCode()));
    }
}
