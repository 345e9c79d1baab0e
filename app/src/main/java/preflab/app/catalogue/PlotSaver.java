package preflab.app.catalogue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.transform.Transform;
import preflab.app.chart.ChartExport;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.dialog.FilePicker;
import preflab.app.task.Work;
import preflab.projects.chart.Palette;
import preflab.projects.chart.Plot;
import preflab.projects.export.PlotFile;

/** Asks where and saves plots as pictures or tables. */
public final class PlotSaver {

    private static final FilePicker.Filter FILES = FilePicker.Filter.of("SVG picture or CSV table", "*.svg", "*.csv");
    private static final FilePicker.Filter PICTURE = FilePicker.Filter.of("PNG picture or CSV table", "*.png",
            "*.csv");

    private final FilePicker files;
    private final Work work;
    private final ErrorModel errors;

    public PlotSaver(FilePicker files, Work work, ErrorModel errors) {
        this.files = files;
        this.work = work;
        this.errors = errors;
    }

    /** Does nothing if the person changes their mind. */
    void save(Plot plot, Palette palette) {
        String name = plot.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".svg";
        files.save("Save plot", name, FILES).ifPresent(file -> write(file, () -> PlotFile.write(plot, palette, file)));
    }

    /** Saves what a node shows as a PNG picture, twice as dense as the screen, or its numbers as a table. */
    void save(Node drawing, String name, Supplier<String> csv) {
        files.save("Save picture", name + ".png", PICTURE).ifPresent(file -> {
            if (file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
                String table = csv.get();
                write(file, () -> PlotFile.writeTable(table, file));
                return;
            }
            SnapshotParameters twice = new SnapshotParameters();
            twice.setTransform(Transform.scale(2, 2));
            BufferedImage picture = SwingFXUtils.fromFXImage(drawing.snapshot(twice, null), null);
            write(file, () -> ChartExport.writePng(picture, file));
        });
    }

    /** Writes a file off the thread of the window. */
    private interface Writing {
        void write() throws IOException;
    }

    private void write(Path file, Writing writing) {
        work.start(() -> {
            writing.write();
            return file;
        }, saved -> {
        }, failure -> errors.show(ErrorReport.of("Saving " + file, failure)));
    }
}
