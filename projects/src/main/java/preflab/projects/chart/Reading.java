package preflab.projects.chart;

/**
 * A logged value found near the cursor: never an interpolation.
 *
 * @param series
 *            position in {@link Chart#series()}
 * @param step
 *            optimizer steps done when it was logged
 * @param place
 *            on the horizontal axis
 * @param x
 *            pixel; NaN where the place has none
 * @param y
 *            pixel; NaN where the value is not finite
 */
public record Reading(int series, String name, int colour, long step, double place, double value, double x, double y) {
}
