package preflab.projects.chart;

import preflab.projects.store.Pending;
/** Draws into an SVG document. */
public final class SvgPainter {

    private SvgPainter() {
    }

    /** The chart as a stand-alone {@code <svg>} element of this size. */
    public static String svg(Chart chart, double width, double height, Palette palette) {
        return Pending.value();
    }
}
