package preflab.app.chart;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;
import preflab.datasets.store.WholeFile;
import preflab.projects.chart.Chart;
import preflab.projects.chart.ChartLayout;
import preflab.projects.chart.Cloud;
import preflab.projects.chart.CloudLayout;
import preflab.projects.chart.Painter;
import preflab.projects.chart.Palette;
import preflab.projects.chart.SvgPainter;
import preflab.projects.chart.ViewPort;

/** A chart as a file. */
public final class ChartExport {

    /** Pixels of a saved picture: fit for a page at twice the density of a screen. */
    public static final int WIDTH = 1200;
    public static final int HEIGHT = 720;

    private ChartExport() {
    }

    /** Draws the chart; on the thread of the window. The picture may then be written on any thread. */
    public static BufferedImage picture(Chart chart, ViewPort view, Palette palette) {
        return picture(painter -> ChartLayout.of(chart, WIDTH, HEIGHT, view).paint(painter, palette));
    }

    /** The same of points. */
    public static BufferedImage picture(Cloud cloud, Palette palette) {
        return picture(painter -> CloudLayout.of(cloud, WIDTH, HEIGHT).paint(painter, palette));
    }

    private static BufferedImage picture(Consumer<Painter> drawing) {
        Canvas canvas = new Canvas(WIDTH, HEIGHT);
        drawing.accept(new CanvasPainter(canvas.getGraphicsContext2D()));
        WritableImage image = canvas.snapshot(null, null);
        return SwingFXUtils.fromFXImage(image, null);
    }

    /** Whether this file's name asks for a vector graphic. */
    public static boolean isSvg(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".svg");
    }

    /** Writes the file whole or not at all. */
    public static void writePng(BufferedImage picture, Path file) throws IOException {
        WholeFile.write(file, aside -> {
            if (!ImageIO.write(picture, "png", aside.toFile())) {
                throw new IOException("this Java cannot write PNG pictures");
            }
        });
    }

    /** The chart as a document. */
    public static String svg(Chart chart, ViewPort view, Palette palette) {
        return SvgPainter.svg(chart, view, WIDTH, HEIGHT, palette);
    }

    /** The same of points. */
    public static String svg(Cloud cloud, Palette palette) {
        return SvgPainter.svg(cloud, WIDTH, HEIGHT, palette);
    }

    /** Writes the file whole or not at all. */
    public static void writeSvg(String svg, Path file) throws IOException {
        WholeFile.write(file, aside -> Files.writeString(aside, svg, StandardCharsets.UTF_8));
    }
}
