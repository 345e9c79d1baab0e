package preflab.app.chart;

import java.util.ArrayList;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.scene.Scene;
import javafx.util.Duration;

/**
 * Spreads the drawing of many charts over several pulses: the first is seen at once, the others follow, and the window
 * answers in between. Used while a scene is laid out.
 */
final class Turns {

    /** Drawing beyond this waits for the next pulse. */
    private static final long BUDGET = 8_000_000; // nanoseconds
    private static final Duration NEXT = Duration.millis(1);

    private final Scene scene;
    private final List<ChartView> waiting = new ArrayList<>();
    private final Runnable pulseEnds = this::end;
    private long spent;

    private Turns(Scene scene) {
        this.scene = scene;
    }

    static Turns of(Scene scene) {
        return (Turns) scene.getProperties().computeIfAbsent(Turns.class, key -> new Turns(scene));
    }

    /** Draws this chart now, or asks it to be laid out again in a later pulse. */
    void take(ChartView view, Runnable drawing) {
        if (spent == 0) {
            scene.addPostLayoutPulseListener(pulseEnds);
        }
        boolean first = scene.getFocusOwner() instanceof ChartView focused && !focused.equals(view)
                && focused.wantsDrawing();
        if (first || spent > BUDGET) {
            spent = Math.max(1, spent);
            waiting.add(view);
            return;
        }
        long start = System.nanoTime();
        drawing.run();
        // the chart under a person's hands comes to the screen before any other is drawn
        spent += view.isFocused() ? BUDGET + 1 : Math.max(1, System.nanoTime() - start);
    }

    boolean isWaiting(ChartView view) {
        return waiting.contains(view);
    }

    private void end() {
        scene.removePostLayoutPulseListener(pulseEnds);
        spent = 0;
        if (!waiting.isEmpty()) {
            PauseTransition pause = new PauseTransition(NEXT);
            pause.setOnFinished(e -> {
                List<ChartView> next = List.copyOf(waiting);
                waiting.clear();
                next.forEach(ChartView::requestLayout);
            });
            pause.play();
        }
    }
}
