package preflab.projects.chart;

import preflab.projects.store.Series;

/**
 * One line of a chart.
 *
 * @param colour
 *            slot in the palette, ≥ 0; the same run keeps its slot in all charts
 * @param smooth
 *            the smoothed line, over all points that were logged; {@link Curve#EMPTY} where the points here are all
 * @param later
 *            whether the points were not logged while training: rings without a line
 */
public record ChartSeries(String name, int colour, Curve points, Curve smooth, boolean later) {

    public ChartSeries(String name, int colour, Curve points, Curve smooth) {
        this(name, colour, points, smooth, false);
    }

    /** A line of which all points are here. */
    public ChartSeries(String name, int colour, Curve points) {
        this(name, colour, points, Curve.EMPTY);
    }

    /** A line over optimizer steps. */
    public ChartSeries(String name, int colour, Series series) {
        this(name, colour, Curve.ofSteps(series));
    }

    /** Smoothed over all points, which may be more than are drawn. */
    Curve smoothed(double weight) {
        return smooth.isEmpty() ? Smoothing.smooth(points, weight) : smooth;
    }
}
