package preflab.app.data;

import javafx.geometry.Pos;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** Q from −1 at the left to 1 at the right; below 0 it also looks otherwise. */
final class QBar extends StackPane {

    private static final double WIDTH = 56;
    private static final double HEIGHT = 6;

    QBar(double q) {
        Region filled = new Region();
        filled.getStyleClass().addAll("q-bar-fill", q < 0 ? "bad" : "good");
        filled.setMinSize(0, HEIGHT);
        filled.setMaxSize(WIDTH * (q + 1) / 2, HEIGHT);
        getStyleClass().add("q-bar");
        setAlignment(Pos.CENTER_LEFT);
        setMinSize(WIDTH, HEIGHT);
        setMaxSize(WIDTH, HEIGHT);
        getChildren().add(filled);
    }
}
