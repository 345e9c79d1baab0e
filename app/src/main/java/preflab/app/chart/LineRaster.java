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

    /** Columns worth a thread of their own. */
    private static final int STRIPE = 100;

    /** A line in pixels of the picture; never compared. */
    @SuppressWarnings("ArrayRecordComponent") // boxing every point would cost more than drawing it
    private record Stroke(double[] xs, double[] ys, Rgb colour, double width) {
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
        strokes.add(new Stroke(xs, ys, colour, strokeWidth));
    }

    /** Premultiplied ARGB, row after row. */
    int[] pixels() {
        int[] pixels = new int[width * height];
        int stripes = Math.clamp(width / STRIPE, 1, Runtime.getRuntime().availableProcessors());
        IntStream.range(0, stripes).parallel()
                .forEach(stripe -> draw(pixels, width * stripe / stripes, width * (stripe + 1) / stripes));
        return pixels;
    }

    private void draw(int[] pixels, int from, int to) {
        LineStripe stripe = new LineStripe(from, to, height);
        strokes.forEach(line -> stripe.stroke(line.xs(), line.ys(), line.colour(), line.width()));
        stripe.copyTo(pixels, width);
    }

    /** What was drawn so far. */
    Image image() {
        return new WritableImage(
                new PixelBuffer<>(width, height, IntBuffer.wrap(pixels()), PixelFormat.getIntArgbPreInstance()));
    }
}
