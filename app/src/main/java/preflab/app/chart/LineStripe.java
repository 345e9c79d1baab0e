package preflab.app.chart;

import java.util.Arrays;
import preflab.projects.chart.Rgb;

/** Some neighbouring columns of a picture of lines: each segment adds to the coverage of the pixels that it touches. */
final class LineStripe {

    private static final int FULL = 255;

    private final int from; // first column
    private final int to; // the one after the last
    private final int height;
    private final int[] pixels; // premultiplied ARGB, column after column: lines are mostly higher than wide
    private final byte[] coverage; // of the line under way, 0–255, in the same order
    private final int[] firstRow; // of each column that the line under way touches
    private final int[] lastRow;

    LineStripe(int from, int to, int height) {
        this.from = from;
        this.to = to;
        this.height = height;
        this.pixels = new int[(to - from) * height];
        this.coverage = new byte[(to - from) * height];
        this.firstRow = new int[to - from];
        this.lastRow = new int[to - from];
        Arrays.fill(firstRow, Integer.MAX_VALUE);
        Arrays.fill(lastRow, -1);
    }

    /**
     * Strokes what of a line lies in these columns. Points of one column become a bar from the least to the greatest of
     * them; bars beside each other that overlap need no stroke between them.
     */
    void stroke(double[] xs, double[] ys, Rgb colour, double strokeWidth) {
        double half = strokeWidth / 2;
        double lowBefore = Double.NaN; // of the bar before, if it was one
        double highBefore = Double.NaN;
        int start = 0;
        while (start < xs.length) {
            double low = ys[start];
            double high = ys[start];
            double column = Math.floor(xs[start]);
            int end = start + 1;
            while (end < xs.length && xs[end] >= column && xs[end] < column + 1) {
                low = Math.min(low, ys[end]);
                high = Math.max(high, ys[end]);
                end++;
            }
            boolean isBar = end - start > 1;
            boolean touches = isBar && low <= highBefore && lowBefore <= high;
            if (start > 0 && !touches) {
                segment(xs[start - 1], ys[start - 1], xs[start], ys[start], half);
            }
            if (isBar) {
                bar((xs[start] + xs[end - 1]) / 2, low - half, high + half, half);
            }
            lowBefore = isBar ? low : Double.NaN;
            highBefore = isBar ? high : Double.NaN;
            start = end;
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
            int covered = share(across);
            int at = (column - from) * height;
            cover(at + first, share(across * (Math.min(first + 1, high) - low)));
            for (int row = first + 1; row < last; row++) {
                cover(at + row, covered);
            }
            cover(at + last, share(across * (high - Math.max(last, low))));
            touch(column, first, last);
        }
    }

    /** Both ends reach half a stroke further, so that joints have no gaps and peaks their full height. */
    private void segment(double x1, double y1, double x2, double y2, double half) {
        double dx = x2 - x1;
        double dy = y2 - y1;
        double length = Math.sqrt(dx * dx + dy * dy);
        if (length == 0 || Math.max(x1, x2) + half < from || Math.min(x1, x2) - half > to) {
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
            for (int row = first; row <= last; row++) {
                double middle = x1 + (row + 0.5 - y1) * slope;
                double across = Math.min(column + 1, middle + reach) - Math.max(column, middle - reach);
                double along = Math.min(row + 1, high) - Math.max(row, low);
                cover((column - from) * height + row, share(across * along));
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
            for (int row = first; row <= last; row++) {
                double across = Math.min(row + 1, middle + reach) - Math.max(row, middle - reach);
                cover((column - from) * height + row, share(across * (end - start)));
            }
            touch(column, first, last);
        }
    }

    private static int share(double covered) {
        return (int) (covered * FULL + 0.5);
    }

    private void cover(int at, int covered) {
        if (covered > (coverage[at] & FULL)) {
            coverage[at] = (byte) Math.min(FULL, covered);
        }
    }

    private void touch(int column, int first, int last) {
        firstRow[column - from] = Math.min(firstRow[column - from], first);
        lastRow[column - from] = Math.max(lastRow[column - from], last);
    }

    private void blend(Rgb colour) {
        int opacity = (int) Math.round(colour.opacity() * FULL);
        for (int column = 0; column < firstRow.length; column++) {
            int last = column * height + lastRow[column];
            for (int at = lastRow[column] < 0 ? last + 1 : column * height + firstRow[column]; at <= last; at++) {
                int alpha = opacity * (coverage[at] & FULL) / FULL;
                if (alpha == FULL) {
                    pixels[at] = FULL << 24 | colour.red() << 16 | colour.green() << 8 | colour.blue();
                } else if (alpha > 0) {
                    pixels[at] = over(colour, alpha, pixels[at]);
                }
                coverage[at] = 0;
            }
            firstRow[column] = Integer.MAX_VALUE;
            lastRow[column] = -1;
        }
    }

    private static int over(Rgb colour, int alpha, int below) {
        int rest = FULL - alpha;
        int a = alpha + part(below, 24) * rest / FULL;
        int r = (colour.red() * alpha + part(below, 16) * rest) / FULL;
        int g = (colour.green() * alpha + part(below, 8) * rest) / FULL;
        int b = (colour.blue() * alpha + part(below, 0) * rest) / FULL;
        return a << 24 | r << 16 | g << 8 | b;
    }

    private static int part(int argb, int shift) {
        return argb >>> shift & FULL;
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
