package preflab.app.label;

import java.util.function.IntConsumer;
import javafx.geometry.Point2D;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** The text of a step with a cursor where it would be split. A click puts the cursor there. */
final class SplitCursor extends TextFlow {

    private final Text before = new Text();
    private final Text behind = new Text();

    SplitCursor() {
        Region bar = new Region();
        bar.getStyleClass().add("split-bar");
        before.getStyleClass().addAll("step-text", "text");
        behind.getStyleClass().addAll("step-text", "text");
        getStyleClass().add("split-cursor");
        getChildren().addAll(before, bar, behind);
    }

    /**
     * Shows the cursor.
     *
     * @param offset
     *            characters of the text before it
     * @param moved
     *            hears the offset that was clicked at
     */
    void show(String text, int offset, IntConsumer moved) {
        before.setText(text.substring(0, offset));
        behind.setText(text.substring(offset));
        TextSide.apply(this, text);
        setOnMouseClicked(event -> {
            Point2D point = sceneToLocal(event.getSceneX(), event.getSceneY());
            moved.accept(Math.clamp(characterAt(point, offset), 0, text.length()));
            event.consume();
        });
    }

    /** The flow counts the bar as one character. */
    private int characterAt(Point2D point, int offset) {
        int hit = getHitInfo(point).getInsertionIndex();
        return hit > offset ? hit - 1 : hit;
    }
}
