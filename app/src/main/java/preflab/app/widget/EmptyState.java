package preflab.app.widget;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** What stands where nothing is yet: what this place is for, and what to do next. */
public final class EmptyState extends StackPane {

    public EmptyState(Ikon icon, String title, String whatNext, Node... actions) {
        getStyleClass().add("empty-state");
        FontIcon picture = new FontIcon(icon);
        picture.getStyleClass().add("empty-icon");
        Label head = Nodes.wrapped(title, "empty-title");
        Label text = Nodes.wrapped(whatNext, "empty-text");
        text.setMaxWidth(460);
        VBox box = new VBox(10, picture, head, text);
        if (actions.length > 0) {
            FlowPane buttons = new FlowPane(8, 8, actions);
            buttons.setAlignment(Pos.CENTER);
            buttons.setMaxWidth(460);
            box.getChildren().add(buttons);
        }
        box.setAlignment(Pos.CENTER);
        box.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        getChildren().add(box);
        setMinSize(0, 0);
    }
}
