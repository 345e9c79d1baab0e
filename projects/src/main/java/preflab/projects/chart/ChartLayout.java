package preflab.projects.chart;

import preflab.projects.store.Pending;
import java.util.List;

/** A chart placed in a rectangle of pixels. Immutable; costs one pass over the points. */
public final class ChartLayout {

    private ChartLayout() {
    }

    /** Places a chart. */
    public static ChartLayout of(Chart chart, double width, double height, ViewPort view) {
        return Pending.value();
    }

    /** Places a whole chart. */
    public static ChartLayout of(Chart chart, double width, double height) {
        return of(chart, width, height, ViewPort.ALL);
    }

    /** Draws everything, background included. */
    public void paint(Painter painter, Palette palette) {
        Pending.value();
    }

    /** Draws a crosshair at a step with the values logged nearest to it; over what {@link #paint} drew. */
    public void paintCrosshair(Painter painter, Palette palette, double step) {
        Pending.value();
    }

    /** The step under a pixel column. */
    public double stepAt(double x) {
        return Pending.value();
    }

    /** The pixel column of a step. */
    public double xOf(double step) {
        return Pending.value();
    }

    /** For each line the logged point nearest to this step, in the order of the lines; lines without points lack. */
    public List<Reading> readings(double step) {
        return Pending.value();
    }
}
