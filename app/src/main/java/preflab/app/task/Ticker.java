package preflab.app.task;

import java.util.ArrayList;
import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;

/**
 * The one timer of a window: ten times a second it calls whoever asked for it. Listeners must return at once; slower
 * rhythms count ticks.
 */
public final class Ticker implements AutoCloseable {

    /** Milliseconds between two ticks. */
    public static final int PERIOD_MILLIS = 100;

    private final List<Runnable> listeners = new ArrayList<>();
    private final Timeline timeline = new Timeline(new KeyFrame(Duration.millis(PERIOD_MILLIS), e -> tick()));

    public Ticker() {
        timeline.setCycleCount(Animation.INDEFINITE);
    }

    public void start() {
        timeline.play();
    }

    /**
     * Calls {@code action} on every {@code ticks}-th tick until the returned handle is closed.
     *
     * @param ticks
     *            at least 1; 1 is ten times a second
     */
    public Subscription every(int ticks, Runnable action) {
        int[] count = {0};
        Runnable listener = () -> {
            count[0]++;
            if (count[0] >= ticks) {
                count[0] = 0;
                action.run();
            }
        };
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** One tick now; tests drive time with it. */
    public void tick() {
        List.copyOf(listeners).forEach(Runnable::run);
    }

    @Override
    public void close() {
        timeline.stop();
        listeners.clear();
    }

    /** Ends the calls when closed. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
