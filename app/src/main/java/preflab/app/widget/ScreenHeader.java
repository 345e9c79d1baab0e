package preflab.app.widget;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/** Title line of a screen: what it is, a word about its state, and its actions at the right. */
public final class ScreenHeader extends HBox {

    private final Label note = Nodes.ellipsized("muted");

    public ScreenHeader(String title, Node... actions) {
        super(12);
        getStyleClass().add("screen-header");
        setAlignment(Pos.CENTER_LEFT);
        Label name = Nodes.label(title, "screen-title");
        name.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(name, note, Nodes.spacer());
        getChildren().addAll(actions);
    }

    /** The word about the state; bind or set it. */
    public Label note() {
        return note;
    }
}
