package preflab.app.label;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import preflab.app.widget.Nodes;
import preflab.datasets.label.FinishReason;

/** Why the labelling of an answer ended. */
final class FinishRow extends FlowPane {

    private final Map<FinishReason, ToggleButton> buttons = new EnumMap<>(FinishReason.class);

    FinishRow(LabelController controller) {
        super(6, 6);
        getStyleClass().add("finish-row");
        getChildren().add(Nodes.label("Finish as", "muted", "small"));
        for (FinishReason reason : FinishReason.values()) {
            ToggleButton button = new ToggleButton(reason.id().replace('_', ' '));
            button.setId("finish-" + reason.id());
            button.getStyleClass().add("small-toggle");
            button.setFocusTraversable(false);
            button.setOnAction(e -> {
                button.setSelected(true);
                controller.finish(reason);
            });
            buttons.put(reason, button);
            getChildren().add(button);
        }
    }

    void show(Optional<FinishReason> finish) {
        buttons.forEach((reason, button) -> button.setSelected(finish.equals(Optional.of(reason))));
    }
}
