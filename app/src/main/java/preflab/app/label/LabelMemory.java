package preflab.app.label;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import preflab.app.task.Serial;
import preflab.app.task.Work;
import preflab.datasets.label.LabelTask;
import preflab.datasets.store.DatasetInfo;

/** Remembers for the next sitting: name, keys, manner, and the version and task of this project. */
public final class LabelMemory {

    private final Path file;
    private final Path project;
    private final Serial writing;
    private LabelSettings settings;

    /**
     * Reads what was kept.
     *
     * @param file
     *            of this user's settings
     */
    public LabelMemory(Path file, Path project, Work work) {
        this.file = file;
        this.project = project;
        this.writing = new Serial(work);
        this.settings = LabelSettings.read(file);
    }

    void fill(LabelModel model) {
        model.annotatorProperty().set(settings.annotator());
        model.firstErrorProperty().set(settings.firstError());
        model.keysProperty().set(settings.keys());
        model.keysProperty().subscribe((before, keys) -> write(settings.withKeys(keys)));
    }

    Optional<DatasetInfo> dataset(List<DatasetInfo> list) {
        return settings.place(project)
                .flatMap(place -> list.stream().filter(info -> place.startsWith(name(info) + " ")).findFirst());
    }

    Optional<LabelTask> task(DatasetInfo info) {
        return settings.place(project).filter(place -> place.startsWith(name(info) + " "))
                .flatMap(place -> LabelTask.of(place.substring(place.lastIndexOf(' ') + 1)))
                .filter(task -> task.accepts(info.kind()));
    }

    private static String name(DatasetInfo info) {
        return info.id().dataset() + "@" + info.id().version();
    }

    void keep(LabelModel model) {
        write(settings.withAnnotator(model.annotatorProperty().get()).withFirstError(model.firstErrorProperty().get())
                .withPlace(project, name(model.datasetProperty().get()) + " " + model.taskProperty().get().id()));
    }

    private void write(LabelSettings changed) {
        settings = changed;
        writing.start(() -> {
            changed.write(file);
            return true;
        }, done -> {
        }, failure -> {
        });
    }
}
