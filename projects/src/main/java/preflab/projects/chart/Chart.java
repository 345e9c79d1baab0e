package preflab.projects.chart;

import java.util.List;

/**
 * What a chart shows, without sizes, toolkit or theme; {@link ChartLayout} places it and any {@link Painter} draws it.
 *
 * @param smoothing
 *            weight of the past in a causal exponential moving average, 0 (off) ≤ smoothing &lt; 1; the raw line stays
 *            beneath, faint
 */
public record Chart(String title, String xLabel, String yLabel, List<ChartSeries> series, List<Band> bands,
        boolean logY, double smoothing) {
    public Chart {
        series = List.copyOf(series);
        bands = List.copyOf(bands);
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("smoothing must lie in [0, 1), not " + smoothing);
        }
    }

    /** A linear chart of lines over optimizer steps. */
    public static Chart ofSteps(String title, List<ChartSeries> series) {
        return new Chart(title, "step", "", series, List.of(), false, 0);
    }

    public Chart withLogY(boolean log) {
        return new Chart(title, xLabel, yLabel, series, bands, log, smoothing);
    }

    public Chart withSmoothing(double weight) {
        return new Chart(title, xLabel, yLabel, series, bands, logY, weight);
    }

    public Chart withBands(List<Band> newBands) {
        return new Chart(title, xLabel, yLabel, series, newBands, logY, smoothing);
    }
}
