package preflab.app.label;

import javafx.scene.control.ToggleButton;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** A verdict as a wide button with its sign; chosen ones are filled. */
final class ChoiceButton extends ToggleButton {

    ChoiceButton(String id, String text, Ikon sign, String style, Runnable action) {
        super(text, new FontIcon(sign));
        setId(id);
        getStyleClass().addAll("choice", style);
        setFocusTraversable(false);
        setMinWidth(USE_PREF_SIZE);
        setOnAction(e -> {
            setSelected(!isSelected()); // what stands is what was saved, not what was clicked
            action.run();
        });
    }
}
