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
        List<Marker> markers, Scales scales, double smoothing) {

    /** What the horizontal axis is called where it counts optimizer steps. */
    public static final String STEP = "step";

    public Chart {
        series = List.copyOf(series);
        bands = List.copyOf(bands);
        markers = List.copyOf(markers);
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("smoothing must lie in [0, 1), not " + smoothing);
        }
    }

    /** Lines on linear axes, nothing else. */
    public static Chart of(String title, String xLabel, List<ChartSeries> series) {
        return new Chart(title, xLabel, "", series, List.of(), List.of(), Scales.LINEAR, 0);
    }

    /** A linear chart of lines over optimizer steps. */
    public static Chart ofSteps(String title, List<ChartSeries> series) {
        return of(title, STEP, series);
    }

    /** Whether the horizontal axis counts optimizer steps. */
    public boolean isOverSteps() {
        return xLabel.equals(STEP);
    }

    public Chart withLabel(String text) {
        return new Chart(title, xLabel, text, series, bands, markers, scales, smoothing);
    }

    public Chart withScales(Scales newScales) {
        return new Chart(title, xLabel, yLabel, series, bands, markers, newScales, smoothing);
    }

    public Chart withSmoothing(double weight) {
        return new Chart(title, xLabel, yLabel, series, bands, markers, scales, weight);
    }

    public Chart withBands(List<Band> newBands) {
        return new Chart(title, xLabel, yLabel, series, newBands, markers, scales, smoothing);
    }

    public Chart withMarkers(List<Marker> newMarkers) {
        return new Chart(title, xLabel, yLabel, series, bands, newMarkers, scales, smoothing);
    }

    /** The same chart of fewer lines. */
    public Chart withSeries(String newTitle, List<ChartSeries> newSeries) {
        return new Chart(newTitle, xLabel, yLabel, newSeries, bands, markers, scales, smoothing);
    }
}
