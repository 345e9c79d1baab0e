package preflab.app.label;

import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import preflab.app.widget.Nodes;

/** The keys of the task at hand, always in sight at the right. */
final class KeysPanel extends ScrollPane {

    private static final double WIDTH = 214;

    private final LabelModel model;
    private final VBox lines = new VBox(2);

    KeysPanel(LabelModel model) {
        this.model = model;
        getStyleClass().addAll("edge-to-edge", "keys-panel");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        setMinSize(WIDTH, 0);
        setPrefWidth(WIDTH);
        Hyperlink all = new Hyperlink("all keys, change them (?)");
        all.setId("label-all-keys");
        all.setOnAction(e -> model.sheetProperty().set(Sheet.Kind.KEYS));
        VBox box = new VBox(6, Nodes.label("Keys", "card-title"), lines, all);
        box.getStyleClass().add("panel");
        setContent(box);
        model.keysProperty().subscribe(keys -> draw());
        model.taskProperty().subscribe(task -> draw());
    }

    private void draw() {
        lines.getChildren().clear();
        for (LabelAction.Group group : LabelAction.Group.values()) {
            if (model.groups().contains(group) && group != LabelAction.Group.VERSION) { // those have buttons in sight
                lines.getChildren().add(Nodes.label(group.title(), "section-title"));
                LabelAction.of(Set.of(group)).forEach(action -> lines.getChildren().add(line(action)));
            }
        }
    }

    private Node line(LabelAction action) {
        Label key = Nodes.label(model.keysProperty().get().shown(action), "key-cap");
        key.setMinWidth(46);
        return Nodes.row(8, key, Nodes.label(action.shortTitle(), "small"));
    }
}
