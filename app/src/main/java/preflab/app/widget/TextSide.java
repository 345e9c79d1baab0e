package preflab.app.widget;

import java.text.Bidi;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;

/** Texts start at the side where their language does. */
public final class TextSide {

    private TextSide() {
    }

    /** Right to left for Arabic, Hebrew and the like, by the first letter that has a direction. */
    public static NodeOrientation of(String text) {
        return new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight()
                ? NodeOrientation.LEFT_TO_RIGHT
                : NodeOrientation.RIGHT_TO_LEFT;
    }

    /** Turns a node to the side where this text starts. */
    public static void apply(Node node, String text) {
        node.setNodeOrientation(of(text));
    }

    /** Whether all of it runs from left to right. */
    static boolean isOneWay(String text) {
        char[] characters = text.toCharArray();
        return !Bidi.requiresBidi(characters, 0, characters.length);
    }
}
