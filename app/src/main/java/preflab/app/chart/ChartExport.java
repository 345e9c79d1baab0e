package preflab.app.chart;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;
import preflab.projects.chart.Chart;
import preflab.projects.chart.ChartLayout;
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
        Canvas canvas = new Canvas(WIDTH, HEIGHT);
        ChartLayout.of(chart, WIDTH, HEIGHT, view).paint(new CanvasPainter(canvas.getGraphicsContext2D()), palette);
        WritableImage image = canvas.snapshot(null, null);
        return SwingFXUtils.fromFXImage(image, null);
    }

    /** Whether this file's name asks for a vector graphic. */
    public static boolean isSvg(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".svg");
    }

    public static void writePng(BufferedImage picture, Path file) throws IOException {
        if (!ImageIO.write(picture, "png", file.toFile())) {
            throw new IOException("this Java cannot write PNG pictures");
        }
    }

    public static void writeSvg(Chart chart, ViewPort view, Palette palette, Path file) {
        try {
            Files.writeString(file, SvgPainter.svg(chart, view, WIDTH, HEIGHT, palette), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
