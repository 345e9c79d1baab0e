package preflab.projects.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One line in pixels: pieces between gaps, and marks where a value has no place on the axis. Columns of one pixel that
 * hold many points keep their first, least, greatest and last: the picture is that of all points.
 */
final class LinePath {

    /** A connected piece; never compared. */
    @SuppressWarnings("ArrayRecordComponent") // painters want arrays, and boxing every pixel would cost more than drawing
    record Piece(double[] xs, double[] ys) {
    }

    /** A value that cannot be drawn. */
    record Mark(double x, double value) {

        /** 0 for NaN; 1 beyond the upper edge, −1 beyond the lower one. */
        int edge() {
            return Double.isNaN(value) ? 0 : value == Double.POSITIVE_INFINITY ? 1 : -1;
        }
    }

    /** With so few points a line's points are worth showing. */
    static final int FEW = 24;

    /** Marks of a kind closer together, in pixels, would run into one. */
    private static final double MARK_SPACING = 7;

    private final Axis xAxis;
    private final Axis yAxis;
    private final List<Piece> pieces = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private double[] xs; // of the piece under way
    private double[] ys;
    private int size;
    private int shown;

    private LinePath(Axis xAxis, Axis yAxis) {
        this.xAxis = xAxis;
        this.yAxis = yAxis;
    }

    static LinePath of(Curve curve, Axis xAxis, Axis yAxis) {
        LinePath path = new LinePath(xAxis, yAxis);
        // one point beyond either side, so that the line runs out of the picture
        int from = curve.isAscending() ? Math.max(0, curve.lowerBound(xAxis.low()) - 1) : 0;
        int to = curve.isAscending()
                ? Math.min(curve.size(), curve.lowerBound(Math.nextUp(xAxis.high())) + 1)
                : curve.size();
        path.shown = to - from;
        int most = Math.max(1, Math.min(path.shown, 4 * (int) (Math.abs(xAxis.end() - xAxis.start()) + 4)));
        path.xs = new double[most];
        path.ys = new double[most];
        path.trace(curve, from, to);
        path.xs = new double[0]; // what is kept are the pieces
        path.ys = path.xs;
        return path;
    }

    List<Piece> pieces() {
        return pieces;
    }

    List<Mark> marks() {
        return marks;
    }

    boolean isSparse() {
        return shown <= FEW;
    }

    private void trace(Curve curve, int from, int to) {
        int start = from;
        while (start < to) {
            if (shows(curve, start)) {
                start = column(curve, start, to);
            } else {
                mark(curve, start);
                cut();
                start++;
            }
        }
        cut();
    }

    /** Adds what lies in the column of the first of these points; returns the first point beyond. */
    private int column(Curve curve, int start, int to) {
        double first = xAxis.pixel(curve.x(start));
        double next = Math.floor(first) + 1;
        int least = start;
        int greatest = start;
        int end = start + 1;
        while (end < to && shows(curve, end)) {
            double x = xAxis.pixel(curve.x(end));
            if (x >= next || x < next - 1) {
                break;
            }
            least = curve.value(end) < curve.value(least) ? end : least;
            greatest = curve.value(end) > curve.value(greatest) ? end : greatest;
            end++;
        }
        int second = Math.min(least, greatest);
        int third = Math.max(least, greatest);
        add(first, curve.value(start));
        if (second != start) {
            add(xAxis.pixel(curve.x(second)), curve.value(second));
        }
        if (third != second && third != start) {
            add(xAxis.pixel(curve.x(third)), curve.value(third));
        }
        if (end - 1 != third && end - 1 != start) {
            add(xAxis.pixel(curve.x(end - 1)), curve.value(end - 1));
        }
        return end;
    }

    private boolean shows(Curve curve, int i) {
        return xAxis.shows(curve.x(i)) && yAxis.shows(curve.value(i));
    }

    private void mark(Curve curve, int i) {
        double x = xAxis.pixel(curve.x(i));
        boolean inView = xAxis.shows(curve.x(i)) && curve.x(i) >= xAxis.low() && curve.x(i) <= xAxis.high();
        Mark mark = new Mark(x, curve.value(i));
        boolean crowded = marks.reversed().stream().filter(other -> other.edge() == mark.edge()).findFirst()
                .filter(other -> Math.abs(x - other.x()) < MARK_SPACING).isPresent();
        if (inView && !crowded) {
            marks.add(mark);
        }
    }

    private void add(double x, double value) {
        if (size == xs.length) {
            xs = Arrays.copyOf(xs, 2 * size);
            ys = Arrays.copyOf(ys, 2 * size);
        }
        xs[size] = x;
        ys[size++] = yAxis.pixel(value);
    }

    private void cut() {
        if (size > 0) {
            pieces.add(new Piece(Arrays.copyOf(xs, size), Arrays.copyOf(ys, size)));
            size = 0;
        }
    }
}
