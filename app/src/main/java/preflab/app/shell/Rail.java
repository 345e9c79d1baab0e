package preflab.app.shell;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import preflab.app.widget.Nodes;

/** The screens, one below the other at the left; the last one at the bottom. */
final class Rail extends VBox {

    private final WindowModel model;
    private final ToggleGroup group = new ToggleGroup();

    Rail(WindowModel model, List<Screen> screens) {
        this.model = model;
        getStyleClass().add("rail");
        setAlignment(Pos.TOP_CENTER);
        Label mark = Nodes.label("π/π₀", "rail-mark");
        mark.setAccessibleText("Preflab");
        getChildren().add(mark);
        for (int i = 0; i < screens.size(); i++) {
            if (i == screens.size() - 1) {
                getChildren().add(Nodes.spacer());
            }
            getChildren().add(item(screens.get(i), WindowKeys.forScreen(screens, i).getDisplayText()));
        }
        model.screenProperty().subscribe(this::select);
        addEventFilter(KeyEvent.KEY_PRESSED, this::arrows);
    }

    private ToggleButton item(Screen screen, String key) {
        ToggleButton item = new ToggleButton(screen.title(), new FontIcon(screen.icon()));
        item.getStyleClass().setAll("rail-item");
        item.setId("rail-" + screen.id());
        item.setUserData(screen.id());
        item.setToggleGroup(group);
        item.setTooltip(new Tooltip(screen.title() + " (" + key + ")"));
        item.setAccessibleText(screen.title());
        item.setMaxWidth(Double.MAX_VALUE);
        item.setOnAction(e -> {
            item.setSelected(true); // the chosen one cannot be switched off
            model.screenProperty().set(screen.id());
        });
        return item;
    }

    private void select(String screen) {
        group.getToggles().stream().filter(item -> screen.equals(item.getUserData())).findFirst()
                .ifPresent(item -> item.setSelected(true));
    }

    private void arrows(KeyEvent event) {
        int step = event.getCode() == KeyCode.DOWN ? 1 : event.getCode() == KeyCode.UP ? -1 : 0;
        int at = group.getToggles().indexOf(getScene().getFocusOwner());
        if (step != 0 && at >= 0) {
            int next = Math.floorMod(at + step, group.getToggles().size());
            ((ToggleButton) group.getToggles().get(next)).requestFocus();
            event.consume();
        }
    }
}
