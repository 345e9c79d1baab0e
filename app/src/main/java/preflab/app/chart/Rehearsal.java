package preflab.app.chart;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javafx.scene.canvas.Canvas;
import preflab.projects.chart.Chart;
import preflab.projects.chart.ChartLayout;
import preflab.projects.chart.ChartSeries;
import preflab.projects.chart.Palette;
import preflab.projects.chart.ViewPort;
import preflab.projects.store.Series;

/**
 * Draws a made-up chart off the screen, while a program that has just started waits for its user: the first real charts,
 * and the first zooms into them, then meet code that the virtual machine has compiled. May run on any thread, as every
 * canvas outside of a scene.
 */
public final class Rehearsal {

    private static final int TIMES = 24;
    private static final int LINES = 40;
    private static final int POINTS = 1_500;

    private Rehearsal() {
    }

    /** Takes some tenths of a second. */
    public static void run() {
        Chart chart = Chart.ofSteps("rehearsal", IntStream.range(0, LINES).mapToObj(Rehearsal::line).toList());
        List<ViewPort> views = List.of(ViewPort.ALL, ViewPort.places(POINTS * 0.2, POINTS * 0.7));
        for (int i = 0; i < TIMES && !Thread.currentThread().isInterrupted(); i++) {
            Canvas canvas = new Canvas(480, 280);
            ChartLayout.of(chart, canvas.getWidth(), canvas.getHeight(), views.get(i % views.size()))
                    .paint(new CanvasPainter(canvas.getGraphicsContext2D()), Palette.LIGHT);
        }
    }

    /** Falls and is as noisy as a loss is. */
    private static ChartSeries line(int number) {
        double[] values = IntStream.range(0, POINTS)
                .mapToDouble(
                        step -> Math.exp(-3.0 * step / POINTS) + (step * 7919L + number * 104_729L) % 1000 / 5000.0)
                .toArray();
        return new ChartSeries("line " + number, number,
                Series.of(LongStream.range(0, POINTS).toArray(), values));
    }
}
