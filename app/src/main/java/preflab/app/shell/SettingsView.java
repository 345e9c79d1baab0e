package preflab.app.shell;

import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import preflab.app.widget.Nodes;
import preflab.app.widget.ScreenHeader;

/** What belongs to the user, not to a project. */
final class SettingsView extends VBox {

    SettingsView(WindowModel model) {
        setId("settings");
        ToggleGroup group = new ToggleGroup();
        HBox themes = new HBox();
        for (Theme theme : Theme.values()) {
            ToggleButton button = new ToggleButton(theme.title());
            button.setId("theme-" + theme.name().toLowerCase(Locale.ROOT));
            button.getStyleClass().add(place(theme));
            button.setToggleGroup(group);
            button.setAccessibleText("Theme: " + theme.title());
            button.setOnAction(e -> {
                button.setSelected(true);
                model.themeProperty().set(theme);
            });
            model.themeProperty().subscribe(chosen -> button.setSelected(chosen == theme));
            themes.getChildren().add(button);
        }
        Label name = Nodes.label("Theme");
        name.setMinWidth(128);
        VBox body = new VBox(16, Nodes.card("Appearance", Nodes.row(10, name, themes)));
        body.getStyleClass().add("screen-body");
        body.setMaxWidth(720);
        getChildren().addAll(new ScreenHeader("Settings"), body);
    }

    /** AtlantaFX's names for the parts of a joined row of buttons. */
    private static String place(Theme theme) {
        return switch (theme) {
            case SYSTEM -> "left-pill";
            case LIGHT -> "center-pill";
            case DARK -> "right-pill";
        };
    }
}
