package preflab.app.label;

import java.text.Bidi;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;

/** Texts start at the side where their language does. */
final class TextSide {

    private TextSide() {
    }

    /** Right to left for Arabic, Hebrew and the like, by the first letter that has a direction. */
    static NodeOrientation of(String text) {
        return new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight()
                ? NodeOrientation.LEFT_TO_RIGHT
                : NodeOrientation.RIGHT_TO_LEFT;
    }

    static void apply(Node node, String text) {
        node.setNodeOrientation(of(text));
    }
}
