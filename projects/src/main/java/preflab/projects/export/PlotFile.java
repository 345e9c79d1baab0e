package preflab.projects.export;

import java.nio.file.Path;
import java.util.Locale;
import preflab.projects.chart.Palette;
import preflab.projects.chart.Plot;
import preflab.projects.chart.SvgPainter;

/** A plot as a file: its points where the name ends in {@code .csv}, else a picture in SVG. */
public final class PlotFile {

    private static final double WIDTH = 900;
    private static final double HEIGHT = 560;

    private PlotFile() {
    }

    /** Writes the file whole or not at all. */
    public static void write(Plot plot, Palette palette, Path file) {
        boolean table = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        TextFile.write(file, table ? plot.csv() : SvgPainter.svg(plot, WIDTH, HEIGHT, palette));
    }

    /** Writes a table whole or not at all. */
    public static void writeTable(String csv, Path file) {
        TextFile.write(file, csv);
    }
}
