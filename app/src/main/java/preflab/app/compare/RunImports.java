package preflab.app.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.dialog.FilePicker;
import preflab.app.task.Work;
import preflab.app.widget.Words;
import preflab.projects.foreign.ForeignImport;
import preflab.projects.workspace.Workspace;

/** Enters runs that were trained elsewhere. */
public final class RunImports {

    private static final FilePicker.Filter LOGS = FilePicker.Filter.of("Logs and answers", "*.json", "*.jsonl", "*.csv",
            "*.tsv", "*tfevents*");
    private static final FilePicker.Filter ALL = FilePicker.Filter.of("All files", "*");

    private final CompareModel model;
    private final Workspace workspace;
    private final FilePicker files;
    private final Work work;
    private final ErrorModel errors;
    private Runnable whenAdded = () -> {
    };

    RunImports(CompareModel model, Workspace workspace, FilePicker files, Work work, ErrorModel errors) {
        this.model = model;
        this.workspace = workspace;
        this.files = files;
        this.work = work;
        this.errors = errors;
    }

    /** Who lists the runs anew when some were added. */
    public void setWhenAdded(Runnable action) {
        whenAdded = action;
    }

    /** Asks for a file. */
    public void chooseFile() {
        files.open("A run of another program: trainer_state.json, TensorBoard, CSV, answers", LOGS, ALL)
                .ifPresent(file -> add(List.of(file)));
    }

    /** Asks for a folder. */
    public void chooseFolder() {
        files.folder("A folder with a trainer_state.json or event files, or another project")
                .ifPresent(folder -> add(List.of(folder)));
    }

    private String answered(List<Integer> added) {
        List<String> problems = added.stream().flatMap(run -> workspace.runs().afterTraining().figures(run).stream())
                .map(late -> late.dataset().display()).distinct().toList();
        return problems.isEmpty() ? "" : "; answers to " + String.join(", ", problems);
    }

    /** Enters what these hold; the first that cannot be read ends it, and what came before stays. */
    public void add(List<Path> paths) {
        model.savedProperty().set("Importing runs…");
        work.start(() -> {
            List<Integer> added = new ArrayList<>();
            for (Path path : paths) {
                added.addAll(ForeignImport.add(workspace, path, ForeignImport.Told.NOTHING));
            }
            return Words.count(added.size(), "run") + " imported" + answered(added);
        }, words -> {
            model.savedProperty().set(words);
            whenAdded.run();
        }, failure -> {
            model.savedProperty().set("");
            errors.show(ErrorReport.of("Importing runs", failure));
            whenAdded.run();
        });
    }
}
