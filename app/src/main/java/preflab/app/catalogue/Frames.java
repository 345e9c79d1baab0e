package preflab.app.catalogue;

import javafx.animation.AnimationTimer;
import javafx.beans.property.BooleanProperty;
import javafx.scene.Node;

/** A frame for every pulse of the window while something plays; nothing while it is not seen. */
final class Frames {

    private Frames() {
    }

    static void run(Node owner, BooleanProperty playing, Runnable frame) {
        AnimationTimer timer = new AnimationTimer() {
            @Override
            public void handle(long now) {
                if (owner.getScene() == null) {
                    playing.set(false);
                } else {
                    frame.run();
                }
            }
        };
        playing.subscribe(on -> {
            if (on) {
                timer.start();
            } else {
                timer.stop();
            }
        });
    }
}
