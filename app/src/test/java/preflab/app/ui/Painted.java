package preflab.app.ui;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.shape.Rectangle;

/**
 * Measures what a person waits for: from an act in the window to the end of the painting of the first picture that shows
 * its effect. Nothing is polled: the window's own pulses are listened to.
 */
public final class Painted {

    private static final int PATIENCE_SECONDS = 120;

    private Painted() {
    }

    /**
     * Acts on the thread of the window.
     *
     * @param shown
     *            looked at after every layout of the scene
     * @return milliseconds to the picture
     */
    public static double after(Ui ui, Runnable act, BooleanSupplier shown) throws Exception {
        CompletableFuture<Long> painted = new CompletableFuture<>();
        long start = ui.on(() -> {
            Scene scene = ui.stage().getScene();
            Runnable[] look = new Runnable[1];
            look[0] = () -> {
                if (shown.getAsBoolean()) {
                    scene.removePostLayoutPulseListener(look[0]);
                    Platform.runLater(() -> {
                        // pictures are rendered one after another: when this dot is, so is the window
                        new Rectangle(1, 1).snapshot(null, null);
                        painted.complete(System.nanoTime());
                    });
                }
            };
            long now = System.nanoTime();
            act.run();
            scene.addPostLayoutPulseListener(look[0]);
            Platform.requestNextPulse();
            return now;
        });
        return (painted.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - start) / 1e6;
    }
}
