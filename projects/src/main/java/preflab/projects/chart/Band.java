package preflab.projects.chart;

import preflab.projects.store.Series;

/** A shaded region between two lines with the same steps, for example a confidence interval. */
public record Band(int colour, Series low, Series high) {
}
