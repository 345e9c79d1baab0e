package preflab.projects.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A chart placed in a rectangle of pixels: where its axes lie. Its lines are placed, at the cost of a pass over their
 * points, when they are drawn, and not kept: they are many times what a layout is. Never changes.
 */
public final class ChartLayout {

    static final double TICK_FONT = 11;
    static final double TITLE_FONT = 13;
    private static final double MARGIN = 10;
    private static final double Y_SPACING = 30;
    private static final double X_SPACING = 84;
    /** Points from which on lines are placed on all cores. */
    private static final int LARGE = 20_000;

    private final Chart chart;
    private final double width;
    private final double height;
    private final Legend legend;
    private final Axis xAxis;
    private final Axis yAxis;

    private ChartLayout(Chart chart, double width, double height, Legend legend, Axis xAxis, Axis yAxis) {
        this.chart = chart;
        this.width = width;
        this.height = height;
        this.legend = legend;
        this.xAxis = xAxis;
        this.yAxis = yAxis;
    }

    private List<LinePath> paths(double smoothing) {
        Stream<ChartSeries> lines = isLarge() ? chart.series().parallelStream() : chart.series().stream();
        return lines.map(line -> smoothing > 0 ? line.smoothed(smoothing) : line.points())
                .map(points -> LinePath.of(points, xAxis, yAxis)).toList();
    }

    private boolean isLarge() {
        return chart.series().stream().mapToInt(line -> line.points().size()).sum() > LARGE;
    }

    /**
     * Places a chart.
     *
     * @param width
     *            pixels, at least 80
     * @param height
     *            pixels, at least 60
     */
    public static ChartLayout of(Chart chart, double width, double height, ViewPort view) {
        double w = Math.max(80, width);
        double h = Math.max(60, height);
        Bounds bounds = Bounds.of(chart, view);
        double top = MARGIN + (chart.title().isEmpty() ? 0 : TITLE_FONT + 8);
        Legend legend = Legend.of(chart, MARGIN + 2, top, w - MARGIN, h);
        double plotTop = top + legend.height() + 4;
        double plotBottom = h - MARGIN - TICK_FONT - 6 - (chart.xLabel().isEmpty() ? 0 : TICK_FONT);
        Axis yAxis = yAxis(chart, bounds, Math.max(plotTop + 20, plotBottom), plotTop);
        double labels = yAxis.ticks().stream().mapToDouble(tick -> Legend.textWidth(tick.label(), TICK_FONT)).max()
                .orElse(0);
        Axis xAxis = xAxis(chart, bounds, MARGIN + labels + 8, w - MARGIN - 8);
        return new ChartLayout(chart, w, h, legend, xAxis, yAxis);
    }

    private static Axis xAxis(Chart chart, Bounds bounds, double left, double right) {
        return chart.scales().logX() && bounds.fromX() > 0
                ? Axis.logarithmic(bounds.fromX(), bounds.toX(), left, right, X_SPACING)
                : Axis.linear(bounds.fromX(), bounds.toX(), left, right, X_SPACING, chart.isOverSteps());
    }

    private static Axis yAxis(Chart chart, Bounds bounds, double bottom, double top) {
        return chart.scales().logY() && bounds.fromY() > 0
                ? Axis.logarithmic(bounds.fromY(), bounds.toY(), bottom, top, Y_SPACING)
                : Axis.linear(bounds.fromY(), bounds.toY(), bottom, top, Y_SPACING, false);
    }

    /** Places a whole chart. */
    public static ChartLayout of(Chart chart, double width, double height) {
        return of(chart, width, height, ViewPort.ALL);
    }

    /** Draws everything, background included. */
    public void paint(Painter painter, Palette palette) {
        new ChartDrawing(this, painter, palette).draw();
    }

    /** Draws a crosshair at a place with the values logged nearest to it; over what {@link #paint} drew. */
    public void paintCrosshair(Painter painter, Palette palette, double x) {
        new Crosshair(this, painter, palette).draw(x);
    }

    /** The place on the horizontal axis under a pixel column. */
    public double placeAt(double column) {
        return xAxis.value(column);
    }

    /** The pixel column of a place. */
    public double columnOf(double x) {
        return xAxis.pixel(x);
    }

    /** All places that the chart has, wherever it is zoomed to. */
    public ViewPort places() {
        return Bounds.places(chart);
    }

    /** The value at a pixel row. */
    public double valueAt(double y) {
        return yAxis.value(y);
    }

    /** Whether a pixel lies where lines are drawn. */
    public boolean isInPlot(double x, double y) {
        return x >= left() && x <= right() && y >= top() && y <= bottom();
    }

    /** For each line the logged point nearest to this place, in the order of the lines; lines without points lack. */
    public List<Reading> readings(double x) {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < chart.series().size(); i++) {
            ChartSeries line = chart.series().get(i);
            if (!line.points().isEmpty()) {
                readings.add(reading(i, line, line.points().nearest(x)));
            }
        }
        return readings;
    }

    private Reading reading(int index, ChartSeries line, int point) {
        double value = line.points().value(point);
        double y = yAxis.shows(value) ? yAxis.pixel(value) : Double.NaN;
        double place = line.points().x(point);
        return new Reading(index, line.name(), line.colour(), line.points().step(point), place, value,
                xAxis.shows(place) ? xAxis.pixel(place) : Double.NaN, y);
    }

    Chart chart() {
        return chart;
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    Legend legend() {
        return legend;
    }

    Axis xAxis() {
        return xAxis;
    }

    Axis yAxis() {
        return yAxis;
    }

    /** Places the lines anew at each call. */
    List<LinePath> raw() {
        return paths(0);
    }

    /** Empty where nothing is smoothed. */
    List<LinePath> smooth() {
        return chart.smoothing() > 0 ? paths(chart.smoothing()) : List.of();
    }

    /** Left edge of the plot, pixels. */
    public double left() {
        return xAxis.start();
    }

    /** Right edge of the plot, pixels. */
    public double right() {
        return xAxis.end();
    }

    /** Upper edge of the plot, pixels. */
    public double top() {
        return yAxis.end();
    }

    /** Lower edge of the plot, pixels. */
    public double bottom() {
        return yAxis.start();
    }
}
