package preflab.projects.chart;

import preflab.projects.store.Series;

/**
 * One line of a chart.
 *
 * @param colour
 *            slot in the palette, ≥ 0; the same run keeps its slot in all charts
 */
public record ChartSeries(String name, int colour, Curve points) {

    /** A line over optimizer steps. */
    public ChartSeries(String name, int colour, Series series) {
        this(name, colour, Curve.ofSteps(series));
    }
}
