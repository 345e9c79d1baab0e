package preflab.projects.chart;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Paints a placed chart: thin grid, faint raw lines beneath smoothed ones, marks where a value has no place. */
final class ChartDrawing {

    private static final double LINE = 1.6;
    private static final double RAW_BENEATH = 0.28;
    private static final double POINT = 2.6;
    private static final double MARK = 3.5;
    private static final double RING = 4.5;
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
        painter.clip(layout.left(), layout.top() - RING, layout.right() - layout.left() + RING,
                layout.bottom() - layout.top() + 2 * RING);
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
        note(chart);
        if (!chart.xLabel().isEmpty()) {
            painter.text(chart.xLabel(), layout.right(), layout.height() - 9, ChartLayout.TICK_FONT, false,
                    Painter.Anchor.END, palette.mutedText());
        }
    }

    /** What is to be known of the lines: beside the title where there is room, else at the foot. */
    private void note(Chart chart) {
        double beside = layout.width() - 40 - 1.1 * Legend.textWidth(chart.title(), ChartLayout.TITLE_FONT);
        boolean fits = Legend.textWidth(chart.yLabel(), ChartLayout.TICK_FONT) <= beside;
        if (fits) {
            painter.text(chart.yLabel(), layout.width() - 12, 10 + ChartLayout.TITLE_FONT, ChartLayout.TICK_FONT,
                    false, Painter.Anchor.END, palette.mutedText());
        }
        String foot = Stream.of(fits ? "" : chart.yLabel(), smoothing(chart, fits)).filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" · "));
        painter.text(foot, 12, layout.height() - 9, ChartLayout.TICK_FONT, false, Painter.Anchor.START,
                palette.mutedText());
    }

    private static String smoothing(Chart chart, boolean roomy) {
        return chart.smoothing() == 0
                ? ""
                : "smoothed" + (roomy ? ", ~" + Math.round(1 / (1 - chart.smoothing())) + " points" : "");
    }

    private void legend() {
        for (Legend.Entry entry : layout.legend().entries()) {
            double middle = entry.y() + 9;
            if (entry.colour() == Legend.NO_COLOUR) {
                painter.text(entry.name(), entry.x(), middle + 4, Legend.FONT, false, Painter.Anchor.START,
                        palette.mutedText());
                continue;
            }
            if (entry.later()) {
                ring(entry.x() + Legend.SWATCH / 2, middle, palette.line(entry.colour()));
            } else {
                painter.fillRectangle(entry.x(), middle - 1.5, Legend.SWATCH, 3, palette.line(entry.colour()));
            }
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
        List<LinePath> raw = layout.raw();
        List<LinePath> smooth = layout.smooth();
        boolean smoothed = !smooth.isEmpty();
        for (int i = 0; i < series.size(); i++) {
            Rgb colour = palette.line(series.get(i).colour());
            if (series.get(i).later()) {
                rings(raw.get(i), colour);
            } else {
                line(raw.get(i), smoothed ? colour.withOpacity(RAW_BENEATH) : colour, smoothed ? 1 : LINE);
            }
        }
        for (int i = 0; i < smooth.size(); i++) {
            if (series.get(i).later()) {
                continue;
            }
            line(smooth.get(i), palette.line(series.get(i).colour()), LINE + 0.2);
        }
        for (int i = 0; i < series.size(); i++) {
            marks(raw.get(i), palette.line(series.get(i).colour()));
        }
    }

    private void rings(LinePath path, Rgb colour) {
        for (LinePath.Piece piece : path.pieces()) {
            for (int i = 0; i < piece.xs().length; i++) {
                ring(piece.xs()[i], piece.ys()[i], colour);
            }
        }
    }

    private void ring(double x, double y, Rgb colour) {
        painter.circle(x, y, RING, colour);
        painter.circle(x, y, RING - LINE, palette.background());
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

    /** In as many parts as there are gaps: where a side is not a number there is nothing to shade. */
    private void band(Band band) {
        int n = Math.min(band.low().size(), band.high().size());
        int from = 0;
        for (int i = 0; i <= n; i++) {
            if (i == n || Double.isNaN(band.low().value(i) + band.high().value(i))
                    || !layout.xAxis().shows(band.low().x(i))) {
                shade(band, from, i);
                from = i + 1;
            }
        }
    }

    private void shade(Band band, int from, int to) {
        int n = to - from;
        double[] xs = new double[2 * Math.max(0, n)];
        double[] ys = new double[xs.length];
        for (int i = 0; i < n; i++) {
            xs[i] = layout.xAxis().pixel(band.low().x(from + i));
            xs[2 * n - 1 - i] = xs[i];
            ys[i] = edge(band.low().value(from + i));
            ys[2 * n - 1 - i] = edge(band.high().value(from + i));
        }
        if (n > 1) {
            painter.polygon(xs, ys, palette.line(band.colour()).withOpacity(0.16));
        }
    }

    /** Its own place, or the edge it lies beyond. */
    private double edge(double value) {
        return layout.yAxis().shows(value)
                ? layout.yAxis().pixel(value)
                : value == Double.POSITIVE_INFINITY ? layout.top() : layout.bottom();
    }

    private void emptyNote() {
        if (layout.chart().series().stream().allMatch(line -> line.points().isEmpty())) {
            painter.text("nothing logged yet", (layout.left() + layout.right()) / 2,
                    (layout.top() + layout.bottom()) / 2, 12, false, Painter.Anchor.MIDDLE, palette.mutedText());
        }
    }
}
