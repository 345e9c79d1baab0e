package preflab.app.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.dialog.FilePicker;
import preflab.app.task.Activities;
import preflab.app.task.Activity;
import preflab.app.task.Latest;
import preflab.app.task.Ticker;
import preflab.app.task.Work;
import preflab.app.widget.Words;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;
import preflab.datasets.importer.Detection;
import preflab.datasets.importer.FieldMapping;
import preflab.datasets.importer.Hints;
import preflab.datasets.importer.ImportDraft;
import preflab.datasets.importer.MappingPreset;
import preflab.datasets.importer.MappingPresets;
import preflab.datasets.importer.Progress;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.ImportRequest;
import preflab.datasets.store.Imported;

/** Leads a file into the project: look at it, let a person correct what was found, import it, report. */
public final class ImportController {

    private static final FilePicker.Filter DATA = FilePicker.Filter.of("Data files", "*.json", "*.jsonl",
            "*.ndjson", "*.csv", "*.tsv", "*.parquet", "*.arrow", "*.gz", "*.txt");
    private static final FilePicker.Filter ANY = FilePicker.Filter.of("All files", "*.*");
    private static final FilePicker.Filter CSV = FilePicker.Filter.of("Comma-separated values", "*.csv");
    private static final FilePicker.Filter LINES = FilePicker.Filter.of("JSON Lines", "*.jsonl");

    private final ImportModel model;
    private final DatasetStore store;
    private final FilePicker files;
    private final Work work;
    private final Activities activities;
    private final Ticker ticker;
    private final ErrorModel errors;
    private final Latest looking;
    private final MappingPresets presets;
    private Consumer<DatasetVersionId> whenImported = version -> {
    };
    private ImportWatch running = new ImportWatch();

    public ImportController(ImportModel model, DatasetStore store, MappingPresets presets, FilePicker files,
            Work work, Activities activities, Ticker ticker, ErrorModel errors) {
        this.model = model;
        this.store = store;
        this.presets = presets;
        this.files = files;
        this.work = work;
        this.activities = activities;
        this.ticker = ticker;
        this.errors = errors;
        this.looking = new Latest(work);
    }

    public ImportModel model() {
        return model;
    }

    /** Who is told about a new version. */
    void setWhenImported(Consumer<DatasetVersionId> listener) {
        this.whenImported = listener;
    }

    /** Asks for a file and looks at it. */
    public void chooseFile() {
        files.open("Import data", DATA, ANY).ifPresent(this::open);
    }

    /** Looks at a file; what was found waits for a person's word. */
    public void open(Path file) {
        open(List.of(file));
    }

    /** Looks at the first of some files; the others wait for their turn. */
    public void open(List<Path> chosen) {
        if (model.stageProperty().get() == ImportStage.IMPORTING || chosen.isEmpty()) {
            return;
        }
        model.waiting().setAll(chosen.subList(1, chosen.size()));
        begin(chosen.getFirst());
    }

    /** Leaves this file and looks at the one whose turn it is; without one, back to the datasets. */
    public void next() {
        if (model.waiting().isEmpty()) {
            close();
        } else {
            begin(model.waiting().removeFirst());
        }
    }

    private void begin(Path file) {
        model.fileProperty().set(file);
        model.nameProperty().set(nameFor(file));
        model.kindProperty().set(null);
        model.mapping().clear();
        model.presets().clear();
        model.remarkProperty().set("");
        model.lookProperty().set(null);
        model.detectionProperty().set(null);
        model.importedProperty().set(null);
        model.stageProperty().set(ImportStage.DETECTING);
        look();
    }

    /** Takes another kind than the detected one; null goes back to detection. */
    public void chooseKind(Kind kind) {
        model.kindProperty().set(kind);
        model.mapping().clear();
        look();
    }

    /** Reads a field from another column; an empty one goes back to detection. */
    public void map(String field, String column) {
        if (column.isEmpty()) {
            model.mapping().remove(field);
        } else {
            model.mapping().put(field, column);
        }
        look();
    }

    /** Takes kind and columns as they were saved. */
    public void use(MappingPreset preset) {
        model.kindProperty().set(preset.kind().orElse(null));
        model.mapping().clear();
        model.mapping().putAll(preset.mapping().columns());
        look();
    }

    /** Keeps kind and columns, as they are now, for other files. */
    public void savePreset(String name) {
        Detection now = model.detectionProperty().get();
        Optional<Kind> kind = Optional.ofNullable(model.kindProperty().get()).or(now::kind);
        model.problemProperty().set("");
        work.start(() -> {
            presets.save(new MappingPreset(name.strip(), kind, now.mapping()));
            return presets.fitting(now.columns());
        }, fitting -> {
            model.presets().setAll(fitting);
            model.remarkProperty().set("Saved as the preset '" + name.strip() + "'.");
        }, this::notFound);
    }

    /** The fields a column can be chosen for; none while neither the file nor a person has said what the rows are. */
    List<String> fields() {
        Detection detection = model.detectionProperty().get();
        return detection.fields().isEmpty() && model.kindProperty().get() == null
                ? List.of()
                : model.lookProperty().get().fields();
    }

    private record Looked(ImportLook look, List<MappingPreset> presets) {
    }

    private void look() {
        Path file = model.fileProperty().get();
        ImportLook before = model.lookProperty().get();
        Hints hints = new Hints(Optional.ofNullable(model.kindProperty().get()), chosenMapping());
        model.problemProperty().set("");
        looking.start(() -> {
            ImportDraft draft = before == null ? ImportDraft.open(file) : before.draft();
            return new Looked(ImportLook.at(draft, hints), presets.fitting(draft.columns()));
        }, this::found, this::notFound);
    }

    private FieldMapping chosenMapping() {
        return new FieldMapping(model.mapping());
    }

    private void found(Looked looked) {
        model.lookProperty().set(looked.look());
        model.presets().setAll(looked.presets());
        model.detectionProperty().set(looked.look().detection());
        model.stageProperty().set(ImportStage.PREVIEW);
    }

    /** A choice that does not fit keeps the preview and says why; a file that cannot be read ends it. */
    private void notFound(Throwable failure) {
        if (failure instanceof DatasetException && model.detectionProperty().get() != null) {
            model.problemProperty().set(failure.getMessage());
        } else {
            failed(failure);
        }
    }

    /** Imports the file as it was found and corrected. */
    public void run() {
        Path file = model.fileProperty().get();
        ImportRequest request = new ImportRequest(model.nameProperty().get().strip(),
                Optional.ofNullable(model.kindProperty().get()), chosenMapping());
        ImportWatch watch = new ImportWatch();
        running = watch;
        model.progressProperty().set(-1);
        model.progressWordsProperty().set("");
        model.problemProperty().set("");
        model.stageProperty().set(ImportStage.IMPORTING);
        Activity activity = activities.begin("Importing " + file.getFileName());
        Ticker.Subscription ticks = ticker.every(1, () -> show(watch, activity));
        work.start(() -> store.importFile(file, request, watch), imported -> {
            end(activity, ticks);
            done(imported);
        }, failure -> {
            end(activity, ticks);
            failed(failure);
        });
    }

    private void end(Activity activity, Ticker.Subscription ticks) {
        ticks.close();
        activities.end(activity);
    }

    private void show(ImportWatch watch, Activity activity) {
        double share = watch.share();
        String words = watch.words();
        model.progressProperty().set(share);
        model.progressWordsProperty().set(words);
        activity.at(share, words);
    }

    /** Ends a running import; nothing of it stays. */
    public void cancel() {
        running.cancel();
        model.progressWordsProperty().set("Cancelling…");
    }

    private void done(Imported imported) {
        model.importedProperty().set(imported);
        model.stageProperty().set(ImportStage.REPORT);
        whenImported.accept(imported.version());
    }

    private void failed(Throwable failure) {
        if (failure instanceof CancellationException) {
            model.stageProperty().set(ImportStage.PREVIEW);
            model.problemProperty().set("Cancelled. Nothing was stored.");
        } else if (failure instanceof DatasetException) {
            model.problemProperty().set(failure.getMessage());
            model.stageProperty().set(
                    model.detectionProperty().get() == null ? ImportStage.FAILED : ImportStage.PREVIEW);
        } else {
            model.stageProperty().set(ImportStage.NONE);
            errors.show(ErrorReport.of("Importing " + model.fileProperty().get().getFileName(), failure));
        }
    }

    /** Back to the datasets. */
    public void close() {
        looking.cancel();
        model.waiting().clear();
        model.stageProperty().set(ImportStage.NONE);
    }

    /** Saves the list of the rejected rows as a table: row, field, problem. */
    public void exportProblems() {
        Imported imported = model.importedProperty().get();
        export("-rejected.csv", CSV, file -> {
            writeLines(file, ProblemTable.csv(imported.report().problems()));
            return "The list of rejected rows is in " + file.getFileName() + ".";
        });
    }

    /** Saves every rejected row as it stands in the file, to be mended and imported. */
    public void exportRejected() {
        ImportDraft draft = model.lookProperty().get().draft();
        Hints hints = new Hints(Optional.ofNullable(model.kindProperty().get()), chosenMapping());
        export("-rejected.jsonl", LINES, file -> {
            long rows = draft.plan(hints).writeRejected(file, Progress.NONE);
            return Words.count(rows, "row") + " written to " + file.getFileName()
                    + ". Mend them there, then import that file.";
        });
    }

    /** Writes a file and says what was written. */
    private interface Export {
        String to(Path file) throws IOException;
    }

    private void export(String ending, FilePicker.Filter filter, Export export) {
        model.remarkProperty().set("");
        files.save("Save the rejected rows", model.nameProperty().get() + ending, filter)
                .ifPresent(file -> work.start(() -> export.to(file), model.remarkProperty()::set,
                        failure -> errors.show(ErrorReport.of("Saving the rejected rows", failure))));
    }

    private static void writeLines(Path file, List<String> lines) throws IOException {
        Files.write(file, lines, StandardCharsets.UTF_8);
    }

    /** The file's name without endings, with only letters, digits, points, dashes and underscores. */
    static String nameFor(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT)
                .replaceAll("\\.(gz|gzip)$", "")
                .replaceAll("\\.(jsonl|ndjson|json|txt|csv|tsv|parquet|arrow)$", "")
                .replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[-._]+|[-._]+$", "");
        return name.isEmpty() ? "data" : name;
    }
}
