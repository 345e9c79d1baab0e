package preflab.app.chart;

import java.util.Arrays;
import preflab.projects.chart.Rgb;

/**
 * Some neighbouring columns of a picture of lines, drawn from the front to the back: each segment adds to the coverage of
 * the pixels that it touches, and pixels that nothing can be seen behind are skipped. Of hundreds of noisy lines most
 * lies behind others, so that the cost is about that of the pixels, not of the lines.
 */
final class LineStripe {

    private static final int FULL = 255;
    /** What lets no more than a hundredth through closes a pixel: faint lines alone never come nearer to all, rounded. */
    private static final int CLOSED = 252;

    private final int from; // first column
    private final int to; // the one after the last
    private final int height;
    private final int[] pixels; // premultiplied ARGB, column after column: lines are mostly higher than wide
    private final byte[] coverage; // of the line under way, 0–255, in the same order
    private final int[] open; // column after column, height + 1 entries each: see openRow
    private final int[] firstRow; // of each column that the line under way touches
    private final int[] lastRow;

    LineStripe(int from, int to, int height) {
        this.from = from;
        this.to = to;
        this.height = height;
        this.pixels = new int[(to - from) * height];
        this.coverage = new byte[(to - from) * height];
        this.open = new int[(to - from) * (height + 1)];
        for (int i = 0; i < open.length; i++) {
            open[i] = i % (height + 1);
        }
        this.firstRow = new int[to - from];
        this.lastRow = new int[to - from];
        Arrays.fill(firstRow, Integer.MAX_VALUE);
        Arrays.fill(lastRow, -1);
    }

    /**
     * Strokes what of a line lies in these columns, behind the lines before it. Points of one column become a bar from the least to the greatest of
     * them; bars of neighbouring columns that overlap need no stroke between them.
     *
     * @param first
     *            the first point to look at
     * @param end
     *            the one after the last to look at
     */
    void stroke(double[] xs, double[] ys, int first, int end, Rgb colour, double strokeWidth) {
        double half = strokeWidth / 2;
        double lowBefore = Double.NaN; // of the bar before, if it was one
        double highBefore = Double.NaN;
        double columnBefore = Double.NaN;
        int start = first;
        while (start < end) {
            double low = ys[start];
            double high = ys[start];
            double column = Math.floor(xs[start]);
            int next = start + 1;
            while (next < end && xs[next] >= column && xs[next] < column + 1) {
                low = Math.min(low, ys[next]);
                high = Math.max(high, ys[next]);
                next++;
            }
            boolean isBar = next - start > 1;
            boolean touches = isBar && Math.abs(column - columnBefore) == 1 && low <= highBefore && lowBefore <= high;
            if (start > first && !touches) {
                segment(xs[start - 1], ys[start - 1], xs[start], ys[start], half);
            }
            if (isBar) {
                bar((xs[start] + xs[next - 1]) / 2, low - half, high + half, half);
            }
            lowBefore = isBar ? low : Double.NaN;
            highBefore = isBar ? high : Double.NaN;
            columnBefore = column;
            start = next;
        }
        blend(colour);
    }

    private void bar(double x, double top, double bottom, double half) {
        double low = Math.max(0, top);
        double high = Math.min(height, bottom);
        int first = (int) low;
        int last = Math.min(height - 1, (int) high);
        int left = Math.max(from, (int) Math.floor(x - half));
        int right = Math.min(to - 1, (int) Math.floor(x + half));
        for (int column = left; column <= right && low < high; column++) {
            double across = Math.min(column + 1, x + half) - Math.max(column, x - half);
            for (int row = openRow(column, first); row <= last; row = openRow(column, row + 1)) {
                cover(column, row, across * (Math.min(row + 1, high) - Math.max(row, low)));
            }
            touch(column, first, last);
        }
    }

    /** Both ends reach half a stroke further, so that joints have no gaps and peaks their full height. */
    private void segment(double x1, double y1, double x2, double y2, double half) {
        double dx = x2 - x1;
        double dy = y2 - y1;
        double length = Math.sqrt(dx * dx + dy * dy);
        double around = 3 * half; // a segment at 45° reaches 2.1 times half a stroke beyond its ends
        if (length == 0 || Math.max(x1, x2) + around < from || Math.min(x1, x2) - around > to) {
            return;
        }
        double overX = dx / length * half;
        double overY = dy / length * half;
        if (Math.abs(dy) > Math.abs(dx)) {
            steep(x1 - overX, y1 - overY, x2 + overX, y2 + overY, half * length / Math.abs(dy));
        } else {
            flat(x1 - overX, y1 - overY, x2 + overX, y2 + overY, half * length / Math.abs(dx));
        }
    }

    /** Row by row: covers a reach to the left and to the right of where the segment crosses the row's middle. */
    private void steep(double x1, double y1, double x2, double y2, double reach) {
        double low = Math.max(0, Math.min(y1, y2));
        double high = Math.min(height, Math.max(y1, y2));
        int left = Math.max(from, (int) Math.floor(Math.min(x1, x2) - reach));
        int right = Math.min(to - 1, (int) Math.floor(Math.max(x1, x2) + reach));
        double slope = (x2 - x1) / (y2 - y1);
        for (int column = left; column <= right && low < high; column++) {
            double enters = slope == 0 ? low : y1 + (column - reach - x1) / slope;
            double leaves = slope == 0 ? high : y1 + (column + 1 + reach - x1) / slope;
            int first = (int) Math.max(low, Math.min(enters, leaves) - 1);
            int last = (int) Math.min(Math.min(height - 1, high), Math.max(enters, leaves) + 1);
            for (int row = openRow(column, first); row <= last; row = openRow(column, row + 1)) {
                double middle = x1 + (row + 0.5 - y1) * slope;
                double across = Math.min(column + 1, middle + reach) - Math.max(column, middle - reach);
                double along = Math.min(row + 1, high) - Math.max(row, low);
                cover(column, row, across * along);
            }
            touch(column, first, last);
        }
    }

    /** Column by column: covers a reach above and below where the segment crosses the column. */
    private void flat(double x1, double y1, double x2, double y2, double reach) {
        double low = Math.max(from, Math.min(x1, x2));
        double high = Math.min(to, Math.max(x1, x2));
        double slope = (y2 - y1) / (x2 - x1);
        for (int column = (int) low; column < high; column++) {
            double start = Math.max(column, low);
            double end = Math.min(column + 1, high);
            double middle = y1 + ((start + end) / 2 - x1) * slope;
            int first = Math.max(0, (int) Math.floor(middle - reach));
            int last = Math.min(height - 1, (int) Math.floor(middle + reach));
            for (int row = openRow(column, first); row <= last; row = openRow(column, row + 1)) {
                double across = Math.min(row + 1, middle + reach) - Math.max(row, middle - reach);
                cover(column, row, across * (end - start));
            }
            touch(column, first, last);
        }
    }

    /**
     * The first row of a column from this one on that something can still be seen behind, or one that is none: links past
     * closed rows, shortened whenever they are followed.
     */
    private int openRow(int column, int row) {
        if (row >= height) {
            return row;
        }
        int base = (column - from) * (height + 1);
        int found = row;
        while (open[base + found] != found) {
            found = open[base + found];
        }
        int at = row;
        while (at != found) {
            int next = open[base + at];
            open[base + at] = found;
            at = next;
        }
        return found;
    }

    /** @param share of the pixel, at most 1 */
    private void cover(int column, int row, double share) {
        int at = (column - from) * height + row;
        int covered = (int) (share * FULL + 0.5);
        if (covered > (coverage[at] & FULL)) {
            coverage[at] = (byte) covered;
        }
    }

    private void touch(int column, int first, int last) {
        firstRow[column - from] = Math.min(firstRow[column - from], first);
        lastRow[column - from] = Math.max(lastRow[column - from], last);
    }

    private void blend(Rgb colour) {
        int opacity = (int) Math.round(colour.opacity() * FULL);
        for (int column = from; column < to; column++) {
            int last = lastRow[column - from];
            int row = last < 0 ? height : openRow(column, firstRow[column - from]);
            while (row <= last) {
                int at = (column - from) * height + row;
                pixels[at] = behind(colour, opacity * (coverage[at] & FULL) / FULL, pixels[at]);
                coverage[at] = 0;
                if (pixels[at] >>> 24 >= CLOSED) {
                    open[(column - from) * (height + 1) + row] = row + 1;
                }
                row = openRow(column, row + 1);
            }
            firstRow[column - from] = Integer.MAX_VALUE;
            lastRow[column - from] = -1;
        }
    }

    /** What is there, with as much of the colour as it lets through. */
    private static int behind(Rgb colour, int alpha, int front) {
        int through = alpha * (FULL - (front >>> 24));
        int a = (front >>> 24) + part(FULL * through);
        int r = (front >>> 16 & FULL) + part(colour.red() * through);
        int g = (front >>> 8 & FULL) + part(colour.green() * through);
        int b = (front & FULL) + part(colour.blue() * through);
        return a << 24 | r << 16 | g << 8 | b;
    }

    /** Of 255 · 255 · 255, as one of 255, rounded. */
    private static int part(int product) {
        return (product + FULL * FULL / 2) / (FULL * FULL);
    }

    /** Into a picture of this width, row after row. */
    void copyTo(int[] picture, int width) {
        for (int row = 0; row < height; row++) {
            for (int column = from; column < to; column++) {
                picture[row * width + column] = pixels[(column - from) * height + row];
            }
        }
    }
}
