package preflab.projects.chart;

/**
 * A place on the horizontal axis where something happened to a line, for example that its run was resumed.
 *
 * @param colour
 *            slot in the palette of the line it belongs to
 * @param text
 *            what happened; shown under the cursor
 */
public record Marker(double x, int colour, String text) {
}
