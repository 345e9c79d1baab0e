package preflab.app.chart;

import java.util.Objects;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;
import javafx.util.Subscription;

/** Whether a node in a scrolled list can be seen: what cannot need not be drawn. */
final class Sight {

    private final Node node;
    private final Runnable whenScrolled;
    private ScrollPane pane;
    private Subscription following = Subscription.EMPTY;

    /**
     * @param whenScrolled
     *            told when the list around the node moves
     */
    Sight(Node node, Runnable whenScrolled) {
        this.node = node;
        this.whenScrolled = whenScrolled;
    }

    /** Whether some of it lies within the visible part of the list around it; asked while it is laid out. */
    boolean isSeen() {
        follow(enclosing());
        if (pane == null) {
            return true;
        }
        Bounds shown = pane.localToScene(pane.getLayoutBounds());
        return shown.intersects(node.localToScene(node.getLayoutBounds()));
    }

    private ScrollPane enclosing() {
        Parent parent = node.getParent();
        while (parent != null && !(parent instanceof ScrollPane)) {
            parent = parent.getParent();
        }
        return (ScrollPane) parent;
    }

    private void follow(ScrollPane found) {
        if (!Objects.equals(found, pane)) {
            following.unsubscribe();
            pane = found;
            following = found == null
                    ? Subscription.EMPTY
                    : Subscription.combine(found.vvalueProperty().subscribe(whenScrolled),
                            found.viewportBoundsProperty().subscribe(whenScrolled));
        }
    }
}
