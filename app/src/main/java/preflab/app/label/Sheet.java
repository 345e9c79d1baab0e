package preflab.app.label;

import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;

/** A card over the screen with a title, its actions and Close; Esc closes it. */
class Sheet extends StackPane {

    private static final double WIDEST = 860;

    private final ObjectProperty<Kind> open;
    private final Button close;

    /** What can lie over the screen. */
    enum Kind {
        NONE, KEYS, PUBLISH, PEOPLE, SUGGEST
    }

    /**
     * @param open
     *            which sheet is shown; this one while it is {@code kind}
     * @param top
     *            stays in sight when {@code content} scrolls
     */
    Sheet(Kind kind, ObjectProperty<Kind> open, String title, Node top, Region content, Node... actions) {
        this.open = open;
        getStyleClass().add("error-scene");
        close = Nodes.primary(Nodes.button("Close (Esc)", Feather.X, this::close));
        HBox head = Nodes.row(10, Nodes.label(title, "screen-title"), Nodes.spacer());
        head.getChildren().addAll(actions);
        head.getChildren().add(close);
        ScrollPane scroll = new AsHighAs(content);
        scroll.setFitToWidth(true);
        scroll.setMinHeight(0);
        scroll.getStyleClass().add("edge-to-edge");
        VBox card = new VBox(12, head, top, scroll);
        card.getStyleClass().add("error-card");
        card.setMaxSize(WIDEST, USE_PREF_SIZE);
        card.setMinHeight(0);
        setMinSize(0, 0);
        setAlignment(Pos.CENTER);
        getChildren().add(card);
        Nodes.showWhen(this, open.isEqualTo(kind));
        open.subscribe(shown -> {
            if (shown == kind) {
                opened();
                close.requestFocus();
            }
        });
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && !isBusy()) {
                close();
                event.consume();
            }
        });
    }

    /** Scrolls only what is higher than the window: asks for the height of its content as wide as it is. */
    private static final class AsHighAs extends ScrollPane {
        private static final double BORDERS = 4;
        private final Region content;

        AsHighAs(Region content) {
            super(content);
            this.content = content;
        }

        @Override
        protected double computePrefHeight(double width) {
            double room = getWidth() > 0 ? getWidth() : WIDEST - 2 * BORDERS;
            return content.prefHeight(room - BORDERS) + BORDERS;
        }
    }

    /** Called when it is about to be shown. */
    void opened() {
        // nothing to prepare
    }

    /** Whether Esc means something else for now. */
    boolean isBusy() {
        return false;
    }

    Button closeButton() {
        return close;
    }

    void close() {
        open.set(Kind.NONE);
    }
}
