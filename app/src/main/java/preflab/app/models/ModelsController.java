package preflab.app.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.dialog.FilePicker;
import preflab.app.task.Activities;
import preflab.app.task.Activity;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.engine.batch.ModelException;
import preflab.engine.model.HfFolder;
import preflab.engine.model.ModelConfig;
import preflab.engine.model.ModelFacts;
import preflab.engine.train.MemoryEstimate;
import preflab.projects.export.CheckpointExport;
import preflab.projects.run.ModelRefs;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunSummary;
import preflab.projects.workspace.ModelShelf;
import preflab.projects.workspace.Workspace;

/** Lists models, adds and exports folders, and asks two of them the same thing. */
public final class ModelsController {

    private final ModelsModel model;
    private final Workspace workspace;
    private final ModelShelf shelf;
    private final PromptProbe probe;
    private final FilePicker files;
    private final Work work;
    private final Activities activities;
    private final ErrorModel errors;
    private final Latest listing;
    private List<Work.Handle> asking = List.of();
    private int open; // answers that are still to come

    public ModelsController(ModelsModel model, Workspace workspace, PromptProbe probe, FilePicker files, Work work,
            Activities activities, ErrorModel errors) {
        this.model = model;
        this.workspace = workspace;
        this.shelf = new ModelShelf(workspace);
        this.probe = probe;
        this.files = files;
        this.work = work;
        this.activities = activities;
        this.errors = errors;
        this.listing = new Latest(work);
    }

    public ModelsModel model() {
        return model;
    }

    /** Reads the list anew. */
    public void refresh() {
        listing.start(this::entries, this::listed,
                failure -> errors.show(ErrorReport.of("Reading the list of models", failure)));
    }

    private List<ModelEntry> entries() {
        List<ModelEntry> entries = new ArrayList<>();
        for (String name : ModelRefs.builtins()) {
            entries.add(entry(name, name.substring(name.indexOf(':') + 1), "built in"));
        }
        for (RunSummary run : workspace.runs().list().reversed()) {
            if (!workspace.runs().checkpoints(run.id()).isEmpty()) {
                entries.add(entry("run:" + run.id(), "Run " + run.id(), run.name()));
            }
        }
        for (Path folder : shelf.folders()) {
            entries.add(entry(folder.toString(), folder.getFileName().toString(), "added folder"));
        }
        return entries;
    }

    private ModelEntry entry(String reference, String title, String origin) {
        Path folder = Path.of("");
        try {
            folder = ModelRefs.resolve(workspace, reference);
            return new ModelEntry(reference, title, origin, folder, Optional.of(ModelFacts.of(folder)),
                    training(HfFolder.open(folder).config()), "");
        } catch (ModelException | ProjectException e) {
            return new ModelEntry(reference, title, origin, folder, Optional.empty(), Map.of(),
                    e.getMessage());
        }
    }

    private static Map<String, Long> training(ModelConfig config) {
        Map<String, Long> bytes = new LinkedHashMap<>();
        MemoryEstimate.typical(config).forEach((way, estimate) -> bytes.put(way, estimate.peak()));
        return bytes;
    }

    private void listed(List<ModelEntry> entries) {
        String chosen = reference(model.selectedProperty().get());
        String beside = reference(model.otherProperty().get());
        model.models().setAll(entries);
        model.selectedProperty().set(find(entries, chosen).orElse(entries.isEmpty() ? null : entries.getFirst()));
        model.otherProperty().set(find(entries, beside).orElse(null));
    }

    private static String reference(ModelEntry entry) {
        return entry == null ? "" : entry.reference();
    }

    private static Optional<ModelEntry> find(List<ModelEntry> entries, String reference) {
        return entries.stream().filter(entry -> entry.reference().equals(reference)).findFirst();
    }

    /** Asks for a Hugging Face folder and adds it, if it can be used. */
    public void add() {
        files.folder("Add a model folder (config.json, *.safetensors, tokenizer.json)").ifPresent(this::add);
    }

    private void add(Path folder) {
        work.start(() -> {
            ModelFacts.of(folder);
            shelf.add(folder);
            return entries();
        }, entries -> {
            listed(entries);
            find(entries, folder.toAbsolutePath().normalize().toString()).ifPresent(model.selectedProperty()::set);
        }, failure -> errors.show(ErrorReport.of("Adding " + folder, failure)));
    }

    /** Takes an added folder off the list; the folder stays. */
    public void forget(ModelEntry entry) {
        work.start(() -> {
            shelf.remove(entry.folder());
            return entries();
        }, this::listed, failure -> errors.show(ErrorReport.of("Taking " + entry.title() + " off the list", failure)));
    }

    /** Copies the selected model in Hugging Face's layout to a folder that a person names. */
    public void export() {
        ModelEntry entry = model.selectedProperty().get();
        files.newFolder("Export in the Hugging Face layout", entry.title().replace(' ', '-').toLowerCase(
                java.util.Locale.ROOT)).ifPresent(target -> {
                    Activity activity = activities.begin("Exporting " + entry.title());
                    work.start(() -> {
                        CheckpointExport.copy(entry.folder(), target);
                        ModelRefs.checkpoint(workspace, entry.reference()).ifPresent(of -> workspace.runs()
                                .afterTraining().exported(of.run(), of.step(), "model", target));
                        return target;
                    }, done -> activities.end(activity), failure -> {
                        activities.end(activity);
                        errors.show(ErrorReport.of("Exporting " + entry.title(), failure));
                    });
                });
    }

    /** Asks the selected model, and the other one if there is one, the same thing with the same seed. */
    public void ask() {
        Question question = question();
        if (question == null || model.busyProperty().get()) {
            return;
        }
        model.answerProperty().set(null);
        model.otherAnswerProperty().set(null);
        model.busyProperty().set(true);
        ModelEntry other = model.otherProperty().get();
        open = other == null ? 1 : 2;
        List<Work.Handle> started = new ArrayList<>();
        started.add(ask(model.selectedProperty().get(), question, model.answerProperty()::set));
        if (other != null) {
            started.add(ask(other, question, model.otherAnswerProperty()::set));
        }
        asking = started;
    }

    private Work.Handle ask(ModelEntry entry, Question question, java.util.function.Consumer<Scored> show) {
        Activity activity = activities.begin("Asking " + entry.title());
        return work.start(() -> probe.ask(entry, question), answer -> {
            show.accept(answer);
            answered(activity);
        }, failure -> {
            answered(activity);
            errors.show(ErrorReport.of("Asking " + entry.title(), failure));
        });
    }

    private void answered(Activity activity) {
        activities.end(activity);
        if (--open == 0) {
            model.busyProperty().set(false);
        }
    }

    /** Null if a field holds no number, or no model is chosen; the model then says which. */
    private Question question() {
        try {
            ModelEntry entry = model.selectedProperty().get();
            if (entry == null || entry.facts().isEmpty()) {
                throw new IllegalArgumentException("Choose a model that can be used");
            }
            Question question = new Question(model.promptProperty().get(), model.chatProperty().get(),
                    model.completionProperty().get(), whole("Tokens", model.maxTokensProperty().get(), 1, 100_000),
                    real(model.temperatureProperty().get()),
                    whole("Seed", model.seedProperty().get(), 0, Integer.MAX_VALUE), model.stopProperty().get());
            model.problemProperty().set("");
            return question;
        } catch (IllegalArgumentException e) {
            model.problemProperty().set(e.getMessage());
            return null;
        }
    }

    private static int whole(String what, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(
                what + " must be a whole number from " + least + " to " + most + ", not \"" + text + '"');
    }

    private static double real(String text) {
        try {
            double value = Double.parseDouble(text.strip());
            if (value == 0 || (value >= 1e-3 && value <= 1e3)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "Temperature must be 0 (the likeliest token each time) or lie in [0.001, 1000], not \"" + text + '"');
    }

    /** Drops what is under way. */
    public void close() {
        asking.forEach(Work.Handle::cancel);
    }
}
