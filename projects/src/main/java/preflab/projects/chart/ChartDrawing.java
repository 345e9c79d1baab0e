package preflab.projects.chart;

import java.util.List;

/** Paints a placed chart: thin grid, faint raw lines beneath smoothed ones, marks where a value has no place. */
final class ChartDrawing {

    private static final double LINE = 1.6;
    private static final double RAW_BENEATH = 0.28;
    private static final double POINT = 2.6;
    private static final double MARK = 3.5;
    private static final double DASH = 4;

    private final ChartLayout layout;
    private final Painter painter;
    private final Palette palette;

    ChartDrawing(ChartLayout layout, Painter painter, Palette palette) {
        this.layout = layout;
        this.painter = painter;
        this.palette = palette;
    }

    void draw() {
        painter.fillRectangle(0, 0, layout.width(), layout.height(), palette.background());
        titles();
        legend();
        horizontalGrid();
        verticalGrid();
        painter.line(layout.left(), layout.bottom(), layout.right(), layout.bottom(), palette.axis(), 1);
        painter.clip(layout.left(), layout.top() - 3, layout.right() - layout.left() + 3,
                layout.bottom() - layout.top() + 6);
        layout.chart().bands().forEach(this::band);
        layout.chart().markers().forEach(this::marker);
        lines();
        painter.unclip();
        emptyNote();
    }

    private void titles() {
        Chart chart = layout.chart();
        if (!chart.title().isEmpty()) {
            painter.text(chart.title(), 12, 10 + ChartLayout.TITLE_FONT, ChartLayout.TITLE_FONT, true,
                    Painter.Anchor.START, palette.text());
        }
        if (!chart.yLabel().isEmpty()) {
            painter.text(chart.yLabel(), layout.width() - 12, 10 + ChartLayout.TITLE_FONT, ChartLayout.TICK_FONT,
                    false, Painter.Anchor.END, palette.mutedText());
        }
        if (!chart.xLabel().isEmpty()) {
            painter.text(chart.xLabel(), layout.right(), layout.height() - 9, ChartLayout.TICK_FONT, false,
                    Painter.Anchor.END, palette.mutedText());
        }
    }

    private void legend() {
        for (Legend.Entry entry : layout.legend().entries()) {
            double middle = entry.y() + 9;
            if (entry.colour() == Legend.NO_COLOUR) {
                painter.text(entry.name(), entry.x(), middle + 4, Legend.FONT, false, Painter.Anchor.START,
                        palette.mutedText());
                continue;
            }
            painter.fillRectangle(entry.x(), middle - 1.5, Legend.SWATCH, 3, palette.line(entry.colour()));
            painter.text(entry.name(), entry.x() + Legend.SWATCH + 5, middle + 4, Legend.FONT, false,
                    Painter.Anchor.START, palette.text());
        }
    }

    private void horizontalGrid() {
        for (Axis.Tick tick : layout.yAxis().ticks()) {
            double y = sharp(layout.yAxis().pixel(tick.value()));
            painter.line(layout.left(), y, layout.right(), y, palette.grid(), 1);
            painter.text(tick.label(), layout.left() - 6, y + 4, ChartLayout.TICK_FONT, false, Painter.Anchor.END,
                    palette.mutedText());
        }
    }

    private void verticalGrid() {
        for (Axis.Tick tick : layout.xAxis().ticks()) {
            double x = sharp(layout.xAxis().pixel(tick.value()));
            painter.line(x, layout.top(), x, layout.bottom(), palette.grid(), 1);
            painter.text(tick.label(), x, layout.bottom() + 15, ChartLayout.TICK_FONT, false, Painter.Anchor.MIDDLE,
                    palette.mutedText());
        }
    }

    /** A one-pixel line is crisp on the middle of a pixel. */
    private static double sharp(double pixel) {
        return Math.floor(pixel) + 0.5;
    }

    private void lines() {
        List<ChartSeries> series = layout.chart().series();
        boolean smoothed = !layout.smooth().isEmpty();
        for (int i = 0; i < series.size(); i++) {
            Rgb colour = palette.line(series.get(i).colour());
            line(layout.raw().get(i), smoothed ? colour.withOpacity(RAW_BENEATH) : colour, smoothed ? 1 : LINE);
        }
        for (int i = 0; i < layout.smooth().size(); i++) {
            line(layout.smooth().get(i), palette.line(series.get(i).colour()), LINE + 0.2);
        }
        for (int i = 0; i < series.size(); i++) {
            marks(layout.raw().get(i), palette.line(series.get(i).colour()));
        }
    }

    private void line(LinePath path, Rgb colour, double width) {
        for (LinePath.Piece piece : path.pieces()) {
            if (piece.xs().length > 1) {
                painter.polyline(piece.xs(), piece.ys(), colour, width);
            }
            if (path.isSparse() || piece.xs().length == 1) {
                for (int i = 0; i < piece.xs().length; i++) {
                    painter.circle(piece.xs()[i], piece.ys()[i], POINT, colour);
                }
            }
        }
    }

    /** +∞ points up at the upper edge, −∞ down at the lower; NaN is a cross at the lower edge. */
    private void marks(LinePath path, Rgb colour) {
        for (LinePath.Mark mark : path.marks()) {
            double x = mark.x();
            if (Double.isNaN(mark.value())) {
                double y = layout.bottom() - MARK;
                painter.line(x - MARK, y - MARK, x + MARK, y + MARK, colour, LINE);
                painter.line(x - MARK, y + MARK, x + MARK, y - MARK, colour, LINE);
            } else {
                boolean up = mark.value() == Double.POSITIVE_INFINITY;
                double tip = up ? layout.top() : layout.bottom();
                double foot = up ? tip + 2 * MARK : tip - 2 * MARK;
                painter.polygon(new double[]{x, x - MARK, x + MARK}, new double[]{tip, foot, foot}, colour);
            }
        }
    }

    /** Dashes from top to bottom, and a foot that is seen where lines are dense. */
    private void marker(Marker marker) {
        if (!layout.xAxis().shows(marker.x())) {
            return;
        }
        double x = sharp(layout.xAxis().pixel(marker.x()));
        Rgb colour = palette.line(marker.colour()).withOpacity(0.7);
        for (double y = layout.top(); y < layout.bottom(); y += 2 * DASH) {
            painter.line(x, y, x, Math.min(y + DASH, layout.bottom()), colour, 1);
        }
        painter.polygon(new double[]{x, x - MARK, x + MARK},
                new double[]{layout.bottom() - 2 * MARK, layout.bottom(), layout.bottom()}, colour);
    }

    private void band(Band band) {
        int n = Math.min(band.low().size(), band.high().size());
        double[] xs = new double[2 * n];
        double[] ys = new double[2 * n];
        for (int i = 0; i < n; i++) {
            put(xs, ys, i, band.low(), i);
            put(xs, ys, 2 * n - 1 - i, band.high(), i);
        }
        if (n > 1) {
            painter.polygon(xs, ys, palette.line(band.colour()).withOpacity(0.16));
        }
    }

    private void put(double[] xs, double[] ys, int at, Curve line, int point) {
        double place = line.x(point);
        xs[at] = layout.xAxis().shows(place) ? layout.xAxis().pixel(place) : layout.left();
        double value = line.value(point);
        ys[at] = layout.yAxis().shows(value) ? layout.yAxis().pixel(value) : layout.bottom();
    }

    private void emptyNote() {
        if (layout.chart().series().stream().allMatch(line -> line.points().isEmpty())) {
            painter.text("nothing logged yet", (layout.left() + layout.right()) / 2,
                    (layout.top() + layout.bottom()) / 2, 12, false, Painter.Anchor.MIDDLE, palette.mutedText());
        }
    }
}
