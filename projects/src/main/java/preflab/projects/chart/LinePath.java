package preflab.projects.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import preflab.projects.store.Series;

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
    }

    /** With so few points a line's points are worth showing. */
    static final int FEW = 24;

    /** Marks closer together, in pixels, would run into one. */
    private static final double MARK_SPACING = 7;

    private final Axis xAxis;
    private final Axis yAxis;
    private final List<Piece> pieces = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private double[] xs = new double[64];
    private double[] ys = new double[64];
    private int size;
    private int shown;

    private LinePath(Axis xAxis, Axis yAxis) {
        this.xAxis = xAxis;
        this.yAxis = yAxis;
    }

    static LinePath of(Series series, Axis xAxis, Axis yAxis) {
        LinePath path = new LinePath(xAxis, yAxis);
        // one point beyond either side, so that the line runs out of the picture
        int from = Math.max(0, lowerBound(series, xAxis.low()) - 1);
        int to = Math.min(series.size(), lowerBound(series, Math.nextUp(xAxis.high())) + 1);
        path.shown = to - from;
        path.trace(series, from, to);
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

    /** Index of the first point whose step is at least this. */
    static int lowerBound(Series series, double step) {
        int low = 0;
        int high = series.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (series.step(middle) < step) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void trace(Series series, int from, int to) {
        int start = from;
        while (start < to) {
            if (!yAxis.shows(series.value(start))) {
                mark(series, start);
                cut();
                start++;
                continue;
            }
            double column = column(series, start);
            int end = start + 1;
            while (end < to && yAxis.shows(series.value(end)) && column(series, end) == column) {
                end++;
            }
            addColumn(series, start, end);
            start = end;
        }
        cut();
    }

    private double column(Series series, int i) {
        return Math.floor(xAxis.pixel(series.step(i)));
    }

    private void mark(Series series, int i) {
        double x = xAxis.pixel(series.step(i));
        boolean inView = series.step(i) >= xAxis.low() && series.step(i) <= xAxis.high();
        if (inView && (marks.isEmpty() || x - marks.getLast().x() >= MARK_SPACING)) {
            marks.add(new Mark(x, series.value(i)));
        }
    }

    private void addColumn(Series series, int start, int end) {
        int least = start;
        int greatest = start;
        for (int i = start; i < end; i++) {
            least = series.value(i) < series.value(least) ? i : least;
            greatest = series.value(i) > series.value(greatest) ? i : greatest;
        }
        int[] kept = {start, Math.min(least, greatest), Math.max(least, greatest), end - 1};
        int last = -1;
        for (int i : kept) {
            if (i != last) {
                add(xAxis.pixel(series.step(i)), yAxis.pixel(series.value(i)));
                last = i;
            }
        }
    }

    private void add(double x, double y) {
        if (size == xs.length) {
            xs = Arrays.copyOf(xs, 2 * size);
            ys = Arrays.copyOf(ys, 2 * size);
        }
        xs[size] = x;
        ys[size++] = y;
    }

    private void cut() {
        if (size > 0) {
            pieces.add(new Piece(Arrays.copyOf(xs, size), Arrays.copyOf(ys, size)));
            size = 0;
        }
    }
}
