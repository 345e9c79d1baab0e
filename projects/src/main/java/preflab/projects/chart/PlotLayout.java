package preflab.projects.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A {@link Plot} at a size: where things lie, and how they are drawn. */
public final class PlotLayout {

    private static final double LEFT = 52;
    private static final double RIGHT = 16;
    private static final double TOP = 34;
    private static final double BOTTOM = 40;
    private static final double SWATCH = 16;
    private static final double FONT = 11.5;
    private static final double ROW = 18;
    private static final double LINE = 1.8;

    private final Plot plot;
    private final double width;
    private final double height;
    private final double top;
    private final Axis x;
    private final Axis y;

    private PlotLayout(Plot plot, double width, double height) {
        this.plot = plot;
        this.width = width;
        this.height = height;
        this.top = TOP + ROW * rows();
        double[] xs = range(PlotLine::x);
        double[] ys = range(PlotLine::y);
        double room = ys[1] > ys[0] ? 0.06 * (ys[1] - ys[0]) : 1;
        this.x = Axis.linear(xs[0], xs[1] > xs[0] ? xs[1] : xs[0] + 1, LEFT, width - RIGHT, 70, false);
        this.y = Axis.linear(ys[0] - room, ys[1] + room, height - BOTTOM, top, 40, false);
    }

    /** Lays a plot out in pixels. */
    public static PlotLayout of(Plot plot, double width, double height) {
        return new PlotLayout(plot, Math.max(width, LEFT + RIGHT + 40), Math.max(height, 160));
    }

    private double[] range(ToDoubleBiFunction<PlotLine, Integer> coordinate) {
        double[] all = plot.lines().stream()
                .flatMapToDouble(line -> IntStream.range(0, line.size())
                        .mapToDouble(i -> coordinate.applyAsDouble(line, i)))
                .filter(Double::isFinite).toArray();
        return all.length == 0
                ? new double[]{0, 1}
                : new double[]{DoubleStream.of(all).min().getAsDouble(), DoubleStream.of(all).max().getAsDouble()};
    }

    /** x at a pixel, within the axis. */
    public double xAt(double pixel) {
        return Math.clamp(x.value(pixel), x.low(), x.high());
    }

    public void paint(Painter painter, Palette palette) {
        painter.fillRectangle(0, 0, width, height, palette.background());
        titles(painter, palette);
        grid(painter, palette);
        legend(painter, palette);
        painter.clip(LEFT, top, width - RIGHT - LEFT, height - BOTTOM - top);
        plot.lines().forEach(line -> line(painter, line.colour(palette), line));
        painter.unclip();
        if (plot.lines().isEmpty()) {
            painter.text("nothing chosen", (LEFT + width - RIGHT) / 2, (top + height - BOTTOM) / 2, 12, false,
                    Painter.Anchor.MIDDLE, palette.mutedText());
        }
    }

    private void titles(Painter painter, Palette palette) {
        painter.text(plot.title(), 12, 22, 13, true, Painter.Anchor.START, palette.text());
        painter.text(plot.yLabel(), width - RIGHT, 22, FONT, false, Painter.Anchor.END, palette.mutedText());
        painter.text(plot.xLabel(), width - RIGHT, height - 8, FONT, false, Painter.Anchor.END, palette.mutedText());
    }

    private void grid(Painter painter, Palette palette) {
        for (Axis.Tick tick : y.ticks()) {
            double at = Math.floor(y.pixel(tick.value())) + 0.5;
            painter.line(LEFT, at, width - RIGHT, at, isZero(tick) ? palette.axis() : palette.grid(), 1);
            painter.text(tick.label(), LEFT - 6, at + 4, FONT, false, Painter.Anchor.END, palette.mutedText());
        }
        for (Axis.Tick tick : x.ticks()) {
            double at = Math.floor(x.pixel(tick.value())) + 0.5;
            painter.line(at, top, at, height - BOTTOM, isZero(tick) ? palette.axis() : palette.grid(), 1);
            painter.text(tick.label(), at, height - BOTTOM + 15, FONT, false, Painter.Anchor.MIDDLE,
                    palette.mutedText());
        }
    }

    private static boolean isZero(Axis.Tick tick) {
        return Math.abs(tick.value()) < 1e-12;
    }

    private void line(Painter painter, Rgb colour, PlotLine line) {
        List<double[]> piece = new ArrayList<>();
        for (int i = 0; i <= line.size(); i++) {
            if (i < line.size() && Double.isFinite(line.y(i))) {
                piece.add(new double[]{x.pixel(line.x(i)), y.pixel(line.y(i))});
            } else if (!piece.isEmpty()) { // a gap where there is no number
                painter.polyline(piece.stream().mapToDouble(p -> p[0]).toArray(),
                        piece.stream().mapToDouble(p -> p[1]).toArray(), colour, LINE);
                piece.clear();
            }
        }
    }

    private void legend(Painter painter, Palette palette) {
        double atX = LEFT;
        double atY = TOP + 6;
        for (PlotLine line : plot.lines()) {
            double entry = entryWidth(line);
            if (atX > LEFT && atX + entry > width - RIGHT) {
                atX = LEFT;
                atY += ROW;
            }
            painter.fillRectangle(atX, atY - 1.5, SWATCH, 3, line.colour(palette));
            painter.text(line.name(), atX + SWATCH + 5, atY + 4, FONT, false, Painter.Anchor.START, palette.text());
            atX += entry;
        }
    }

    private int rows() {
        double atX = LEFT;
        int rows = plot.lines().isEmpty() ? 0 : 1;
        for (PlotLine line : plot.lines()) {
            if (atX > LEFT && atX + entryWidth(line) > width - RIGHT) {
                atX = LEFT;
                rows++;
            }
            atX += entryWidth(line);
        }
        return rows;
    }

    private static double entryWidth(PlotLine line) {
        return SWATCH + 5 + 6.6 * line.name().length() + 16;
    }

    /** A vertical line at x with each line's value beside it. */
    public void paintCursor(Painter painter, Palette palette, double at) {
        double pixel = Math.floor(x.pixel(at)) + 0.5;
        painter.line(pixel, top, pixel, height - BOTTOM, palette.mutedText(), 1);
        boolean toLeft = pixel > width / 2;
        painter.text(number(at), pixel + (toLeft ? -6 : 6), height - BOTTOM - 6, FONT, false,
                toLeft ? Painter.Anchor.END : Painter.Anchor.START, palette.mutedText());
        for (PlotLine line : plot.lines()) {
            double value = line.at(at);
            if (Double.isFinite(value)) {
                double spot = y.pixel(value);
                painter.circle(pixel, spot, 3.2, line.colour(palette));
                painter.text(number(value), pixel + (toLeft ? -7 : 7), spot - 5, FONT, true,
                        toLeft ? Painter.Anchor.END : Painter.Anchor.START, line.colour(palette));
            }
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : "%.1f", value);
    }
}
