package preflab.app.label;

import java.util.Locale;
import java.util.OptionalDouble;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/** A value in [−1, 1] as a bar from the middle, with a tick at the step threshold. */
final class QBar extends Pane {

    static final double WIDTH = 96;
    private static final double HEIGHT = 14;
    private static final double BAR = 6;

    private final Region track = region("q-bar");
    private final Region fill = region("q-bar-fill");
    private final Region middle = region("q-middle");
    private final Region tick = region("q-tick");
    private OptionalDouble q = OptionalDouble.empty();
    private double threshold;

    QBar() {
        getChildren().addAll(track, fill, middle, tick);
        setMinSize(WIDTH, HEIGHT);
        setPrefSize(WIDTH, HEIGHT);
        setMaxSize(WIDTH, HEIGHT);
    }

    private static Region region(String style) {
        Region region = new Region();
        region.getStyleClass().add(style);
        region.setManaged(false);
        return region;
    }

    /** A bar for this value; nothing but the empty track where there is none. */
    void show(OptionalDouble value, double atThreshold) {
        if (value.equals(q) && atThreshold == threshold) {
            return;
        }
        q = value;
        threshold = atThreshold;
        fill.getStyleClass().setAll("q-bar-fill");
        if (value.isPresent() && value.getAsDouble() < 0) {
            fill.getStyleClass().add("bad");
        }
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double top = (HEIGHT - BAR) / 2;
        double centre = WIDTH / 2;
        track.resizeRelocate(0, top, WIDTH, BAR);
        double value = q.orElse(0);
        fill.resizeRelocate(value < 0 ? centre + value * centre : centre, top, Math.abs(value) * centre, BAR);
        fill.setVisible(q.isPresent());
        middle.resizeRelocate(centre - 0.5, top - 1, 1, BAR + 2);
        tick.resizeRelocate(Math.clamp(centre + threshold * centre - 1, 0, WIDTH - 2), 0, 2, HEIGHT);
        tick.setVisible(q.isPresent());
    }

    /** "Q −0.60"; empty where there is none. */
    static String words(OptionalDouble q) {
        return q.isEmpty() ? "" : String.format(Locale.ROOT, "Q %+.2f", q.getAsDouble()).replace('-', '−');
    }
}
