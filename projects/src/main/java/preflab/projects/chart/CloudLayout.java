package preflab.projects.chart;

import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** A {@link Cloud} at a size: where its points lie, and how they are drawn. Zero is always in the picture. */
public final class CloudLayout {

    private static final double LEFT = 52;
    private static final double RIGHT = 14;
    private static final double TOP = 42;
    private static final double BOTTOM = 56;
    private static final double LETTER = 6.6; // width of one, generously
    private static final double FONT = 11.5;
    /** Above this many, points are small squares: ten thousand of them are drawn in a few milliseconds. */
    private static final int MANY = 1500;
    private static final double REACH = 12; // pixels around a point in which it is meant

    private final Cloud cloud;
    private final double width;
    private final double height;
    private final Axis x;
    private final Axis y;

    private CloudLayout(Cloud cloud, double width, double height) {
        this.cloud = cloud;
        this.width = width;
        this.height = height;
        this.x = axis(Cloud.Point::x, LEFT, width - RIGHT, 70);
        this.y = axis(Cloud.Point::y, height - BOTTOM, TOP, 40);
    }

    /** Lays a cloud out in pixels. */
    public static CloudLayout of(Cloud cloud, double width, double height) {
        return new CloudLayout(cloud, Math.max(width, LEFT + RIGHT + 40), Math.max(height, 140));
    }

    private Axis axis(ToDoubleFunction<Cloud.Point> coordinate, double start, double end, double spacing) {
        double low = Math.min(0, cloud.points().stream().mapToDouble(coordinate).min().orElse(-1));
        double high = Math.max(0, cloud.points().stream().mapToDouble(coordinate).max().orElse(1));
        double room = high > low ? 0.08 * (high - low) : 1;
        return Axis.linear(low - room, high + room, start, end, spacing, false);
    }

    /** Where a point lies, in pixels. */
    public double[] pixel(Cloud.Point point) {
        return new double[]{x.pixel(point.x()), y.pixel(point.y())};
    }

    /** The point that is meant at these pixels; empty where none is near. */
    public Optional<Cloud.Point> at(double atX, double atY) {
        Cloud.Point best = null;
        double least = REACH * REACH;
        for (Cloud.Point point : cloud.points()) {
            double dx = x.pixel(point.x()) - atX;
            double dy = y.pixel(point.y()) - atY;
            if (dx * dx + dy * dy <= least) {
                least = dx * dx + dy * dy;
                best = point;
            }
        }
        return Optional.ofNullable(best);
    }

    public void paint(Painter painter, Palette palette) {
        painter.fillRectangle(0, 0, width, height, palette.background());
        grid(painter, palette);
        painter.clip(LEFT, TOP, width - RIGHT - LEFT, height - BOTTOM - TOP);
        diagonal(painter, palette);
        Rgb colour = palette.line(0).withOpacity(cloud.points().size() > MANY ? 0.45 : 0.7);
        for (Cloud.Point point : cloud.points()) {
            double atX = x.pixel(point.x());
            double atY = y.pixel(point.y());
            if (cloud.points().size() > MANY) {
                painter.fillRectangle(atX - 1.5, atY - 1.5, 3, 3, colour);
            } else {
                painter.circle(atX, atY, 3, colour);
            }
        }
        painter.unclip();
        quarters(painter, palette);
    }

    private void grid(Painter painter, Palette palette) {
        for (Axis.Tick tick : y.ticks()) {
            double at = Math.floor(y.pixel(tick.value())) + 0.5;
            painter.line(LEFT, at, width - RIGHT, at, tick.value() == 0 ? palette.axis() : palette.grid(), 1);
            painter.text(tick.label(), LEFT - 6, at + 4, FONT, false, Painter.Anchor.END, palette.mutedText());
        }
        for (Axis.Tick tick : x.ticks()) {
            double at = Math.floor(x.pixel(tick.value())) + 0.5;
            painter.line(at, TOP, at, height - BOTTOM, tick.value() == 0 ? palette.axis() : palette.grid(), 1);
            painter.text(tick.label(), at, height - BOTTOM + 15, FONT, false, Painter.Anchor.MIDDLE,
                    palette.mutedText());
        }
        painter.text(cloud.yLabel(), 10, 15, FONT, false, Painter.Anchor.START, palette.mutedText());
        painter.text(cloud.xLabel(), width - RIGHT, height - 8, FONT, false, Painter.Anchor.END, palette.mutedText());
    }

    private void diagonal(Painter painter, Palette palette) {
        if (!cloud.diagonal().isEmpty()) {
            double low = Math.max(x.low(), y.low());
            double high = Math.min(x.high(), y.high());
            painter.line(x.pixel(low), y.pixel(low), x.pixel(high), y.pixel(high), palette.axis(), 1);
        }
    }

    /** Above and below the points, each in its corner; in short where there is no room for all of it. */
    private void quarters(Painter painter, Palette palette) {
        boolean whole = LETTER * (length(0) + length(1)) < width - 40 && LETTER * (length(2) + length(3)) < width - 40;
        for (int i = 0; i < cloud.quarters().size(); i++) {
            long count = cloud.in(i);
            boolean right = i % 2 == 1;
            String name = cloud.quarters().get(i);
            String words = String.format(Locale.ROOT, "%s  %,d", whole ? name : name.split(":", 2)[0], count);
            painter.text(words, right ? width - RIGHT : 10, i < 2 ? TOP - 10 : height - BOTTOM + 32, FONT, count > 0,
                    right ? Painter.Anchor.END : Painter.Anchor.START,
                    count > 0 ? palette.text() : palette.mutedText());
        }
    }

    private int length(int quarter) {
        return quarter < cloud.quarters().size() ? cloud.quarters().get(quarter).length() + 7 : 0;
    }

    /** A ring around a point. */
    public void paintRing(Painter painter, Palette palette, Cloud.Point point, boolean chosen) {
        double atX = x.pixel(point.x());
        double atY = y.pixel(point.y());
        painter.circle(atX, atY, 6.5, palette.background());
        painter.circle(atX, atY, 5.5, palette.line(chosen ? 1 : 0));
    }
}
