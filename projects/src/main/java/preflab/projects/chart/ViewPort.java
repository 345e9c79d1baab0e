package preflab.projects.chart;

/** What part of a chart is shown. Unset bounds (NaN) follow the data. */
public record ViewPort(double fromX, double toX, double fromY, double toY) {

    /** Everything. */
    public static final ViewPort ALL = new ViewPort(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** A range of steps; the values follow the data in it. */
    public static ViewPort steps(double from, double to) {
        return new ViewPort(from, to, Double.NaN, Double.NaN);
    }
}
