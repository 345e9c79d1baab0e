package preflab.app.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.dialog.FilePicker;
import preflab.app.task.Work;
import preflab.projects.export.MetricExport;
import preflab.projects.export.TensorBoardExport;
import preflab.projects.workspace.Workspace;

/** Writes what runs logged as files of other programs. */
final class RunExports {

    private static final FilePicker.Filter CSV = FilePicker.Filter.of("CSV", "*.csv");
    private static final FilePicker.Filter JSON = FilePicker.Filter.of("JSON", "*.json");

    private final CompareModel model;
    private final Workspace workspace;
    private final FilePicker files;
    private final Work work;
    private final ErrorModel errors;

    RunExports(CompareModel model, Workspace workspace, FilePicker files, Work work, ErrorModel errors) {
        this.model = model;
        this.workspace = workspace;
        this.files = files;
        this.work = work;
        this.errors = errors;
    }

    /** All logged values of a run: step, key, value. */
    void csv(int run) {
        files.save("Save metrics", "run-" + run + ".csv", CSV).ifPresent(file -> write(file, () -> {
            MetricExport.csv(workspace, run, file);
            return file;
        }));
    }

    /** Settings, environment, outcome and all logged values of a run. */
    void json(int run) {
        files.save("Save run", "run-" + run + ".json", JSON).ifPresent(file -> write(file, () -> {
            MetricExport.json(workspace, run, file);
            return file;
        }));
    }

    /** Event files of runs, each in a folder of its own. */
    void tensorBoard(List<Integer> runs) {
        files.folder("A log directory of TensorBoard").ifPresent(folder -> write(folder, () -> {
            runs.forEach(run -> TensorBoardExport.write(workspace, run, folder));
            return folder;
        }));
    }

    /** All settings of a run, as another project can train with them, to the clipboard. */
    void copySettings(int run) {
        work.start(() -> workspace.runs().specJson(run), settings -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(settings);
            Clipboard.getSystemClipboard().setContent(content);
            model.savedProperty().set("Copied all settings of run " + run);
        }, failure -> errors.show(ErrorReport.of("Reading the settings of run " + run, failure)));
    }

    private void write(Path target, Callable<Path> writing) {
        model.savedProperty().set("Saving " + target.getFileName() + "…");
        work.start(writing, written -> model.savedProperty().set("Saved " + written), failure -> {
            model.savedProperty().set("");
            errors.show(ErrorReport.of("Saving " + target.getFileName(), failure));
        });
    }
}
