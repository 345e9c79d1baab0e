package preflab.projects.chart;

/** A shaded region between two lines with the same places, for example a confidence interval. */
public record Band(int colour, Curve low, Curve high) {
}
