package preflab.app.chart;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import preflab.projects.chart.Rgb;

/**
 * Turns lines of many points into a picture. A general stroker follows the outline of every segment, which takes seconds
 * for hundreds of noisy lines; here the columns of the picture are shared out among the cores, and each line is blended
 * once, so that it does not darken where it crosses itself.
 */
final class LineRaster {

    /** Columns drawn in one go; many goes a core, so that one that is held up does not hold up the picture. */
    private static final int STRIPE = 48;

    /** A line in pixels of the picture; never compared. */
    @SuppressWarnings("ArrayRecordComponent") // boxing every point would cost more than drawing it
    private record Stroke(double[] xs, double[] ys, boolean ascending, Rgb colour, double width) {

        /** Where the points begin that bear on the columns from this one on: with the column before them. */
        int first(double column) {
            int beyond = ascending ? lowerBound(column - width - 2) : 0;
            return beyond == 0 ? 0 : lowerBound(Math.floor(xs[beyond - 1]));
        }

        /** Where the points end that bear on the columns before this one: with one beyond them. */
        int end(double column) {
            return ascending ? Math.min(xs.length, lowerBound(column + width + 2) + 1) : xs.length;
        }

        private int lowerBound(double x) {
            int low = 0;
            int high = xs.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (xs[middle] < x) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    private final int width;
    private final int height;
    private final List<Stroke> strokes = new ArrayList<>();

    /** A transparent picture of so many pixels. */
    LineRaster(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** Strokes a line through points, over those before it; what lies outside of the picture is left out. */
    void stroke(double[] xs, double[] ys, Rgb colour, double strokeWidth) {
        strokes.add(new Stroke(xs, ys, isAscending(xs), colour, strokeWidth));
    }

    private static boolean isAscending(double[] xs) {
        for (int i = 1; i < xs.length; i++) {
            if (xs[i] < xs[i - 1]) {
                return false;
            }
        }
        return true;
    }

    /** Premultiplied ARGB, row after row. */
    int[] pixels() {
        return pixels(Math.max(1, width / STRIPE));
    }

    /** The same in so many stripes. */
    int[] pixels(int stripes) {
        int[] pixels = new int[width * height];
        IntStream.range(0, stripes).parallel()
                .forEach(stripe -> draw(pixels, width * stripe / stripes, width * (stripe + 1) / stripes));
        return pixels;
    }

    private void draw(int[] pixels, int from, int to) {
        LineStripe stripe = new LineStripe(from, to, height);
        strokes.reversed().forEach(line -> stripe.stroke(line.xs(), line.ys(), line.first(from), line.end(to),
                line.colour(), line.width()));
        stripe.copyTo(pixels, width);
    }

    /** What was drawn so far. */
    Image image() {
        return new WritableImage(
                new PixelBuffer<>(width, height, IntBuffer.wrap(pixels()), PixelFormat.getIntArgbPreInstance()));
    }
}
