package preflab.projects.chart;

/**
 * A logged value found near the cursor: never an interpolation.
 *
 * @param series
 *            position in {@link Chart#series()}
 * @param x
 *            pixel
 * @param y
 *            pixel; NaN where the value is not finite
 */
public record Reading(int series, String name, int colour, long step, double value, double x, double y) {
}
