package preflab.app.catalogue;

import java.nio.file.Path;
import java.util.Locale;
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
        files.save("Save plot", name, FILES).ifPresent(file -> write(plot, palette, file));
    }

    private void write(Plot plot, Palette palette, Path file) {
        work.start(() -> {
            PlotFile.write(plot, palette, file);
            return file;
        }, saved -> {
        }, failure -> errors.show(ErrorReport.of("Saving " + file, failure)));
    }
}
