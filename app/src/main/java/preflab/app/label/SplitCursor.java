package preflab.app.label;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.text.TextFlow;
import preflab.app.widget.TextSide;
import preflab.app.widget.WordsFlow;

/** The text of a step with a cursor where it would be split. A click puts the cursor there. */
final class SplitCursor extends TextFlow {

    private final Region bar = new Region();

    SplitCursor() {
        bar.getStyleClass().add("split-bar");
        getStyleClass().add("split-cursor");
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
        List<Node> nodes = new ArrayList<>(WordsFlow.nodes(text.substring(0, offset)));
        nodes.add(bar);
        nodes.addAll(WordsFlow.nodes(text.substring(offset)));
        getChildren().setAll(nodes);
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
