package preflab.projects.chart;

/** What part of a chart is shown. Unset bounds (NaN) follow the data. */
public record ViewPort(double fromX, double toX, double fromY, double toY) {

    /** Everything. */
    public static final ViewPort ALL = new ViewPort(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** A range of places; the values follow the data in it. */
    public static ViewPort places(double from, double to) {
        return new ViewPort(from, to, Double.NaN, Double.NaN);
    }

    /** The same places with these values up, for charts that are to be read against each other. */
    public ViewPort withValues(double from, double to) {
        return new ViewPort(fromX, toX, from, to);
    }

    /** Whether this is a part of the places only. */
    public boolean isZoomed() {
        return !Double.isNaN(fromX) || !Double.isNaN(toX);
    }
}
