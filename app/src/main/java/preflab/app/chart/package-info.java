/** Draws the toolkit-free charts of {@code projects.chart} in a window. */
package preflab.app.chart;
