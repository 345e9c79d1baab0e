package preflab.app.label;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.dialog.FilePicker;
import preflab.app.task.Serial;
import preflab.app.task.Work;
import preflab.app.widget.Words;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.NeutralPolicy;
import preflab.datasets.label.PublishPolicy;
import preflab.datasets.label.export.StepExport;
import preflab.datasets.store.DatasetInfo;
import preflab.datasets.store.LabelPublisher;
import preflab.projects.export.DatasetExport;
import preflab.projects.workspace.Workspace;

/**
 * Makes the next version out of what was said, writes it as a file, or hands it to who trains. Publishing twice without
 * a verdict between makes one version.
 */
public final class PublishController {

    private static final FilePicker.Filter FILES = FilePicker.Filter.of("JSON Lines", "*.jsonl");

    private final LabelModel model;
    private final PublishModel publish = new PublishModel();
    private final Workspace workspace;
    private final FilePicker files;
    private final ErrorModel errors;
    private final Serial publishing;
    private Runnable whenPublished = () -> {
    };
    private Consumer<DatasetInfo> whenTrainWanted = version -> {
    };

    PublishController(LabelModel model, Workspace workspace, FilePicker files, Work work, ErrorModel errors) {
        this.model = model;
        this.workspace = workspace;
        this.files = files;
        this.errors = errors;
        this.publishing = new Serial(work);
        model.taskProperty().subscribe(task -> {
            if (task != null && !ExportFormat.of(task).contains(publish.formatProperty().get())) {
                publish.formatProperty().set(ExportFormat.JSON_LINES);
            }
        });
        model.datasetProperty().subscribe(info -> {
            publish.noteProperty().set("");
            publish.problemProperty().set("");
        });
    }

    public PublishModel publishModel() {
        return publish;
    }

    /** Whether nothing is being published or written. */
    public boolean isIdle() {
        return publishing.isIdle();
    }

    void setWhenPublished(Runnable listener) {
        whenPublished = listener;
    }

    void setWhenTrainWanted(Consumer<DatasetInfo> listener) {
        whenTrainWanted = listener;
    }

    /** The labels as they stand become the next version. */
    void publish() {
        start("Publishing", publisher(), made -> {
        });
    }

    /** Publishes and gives the version to who trains. */
    void train() {
        start("Publishing", publisher(), made -> whenTrainWanted.accept(made.info()));
    }

    /** Asks where, publishes and writes. */
    void export() {
        DatasetInfo from = model.datasetProperty().get();
        ExportFormat format = publish.formatProperty().get();
        NeutralPolicy neutral = publish.fileNeutralProperty().get();
        files.save("Export labels", format.fileName(from.id().dataset()), FILES)
                .ifPresent(file -> start("Exporting", written(publisher(), format, neutral, file), made -> {
                }));
    }

    private Callable<Made> written(Callable<Made> publisher, ExportFormat format, NeutralPolicy neutral, Path file) {
        return () -> {
            Made made = publisher.call();
            write(made.info().id(), format, neutral, file);
            return new Made(made.info(), made.words() + " · written to " + file.getFileName());
        };
    }

    private void write(DatasetVersionId version, ExportFormat format, NeutralPolicy neutral, Path file) {
        ExampleView rows = workspace.datasets().view(version);
        format.steps().ifPresentOrElse(steps -> StepExport.write(rows, steps, neutral, file.toAbsolutePath()),
                () -> DatasetExport.jsonl(rows, file.toAbsolutePath()));
    }

    /** A version and how it came to be. */
    private record Made(DatasetInfo info, String words) {
    }

    private Callable<Made> publisher() {
        DatasetVersionId from = model.datasetProperty().get().id();
        LabelTask task = model.taskProperty().get();
        PublishPolicy policy = publish.policy();
        return () -> made(from, task, policy);
    }

    private Made made(DatasetVersionId from, LabelTask task, PublishPolicy policy) {
        Optional<DatasetVersionId> current = LabelPublisher.current(workspace.datasets(), workspace.labels(), from,
                task, policy);
        if (current.isPresent()) {
            return new Made(workspace.datasets().info(current.get()),
                    current.get().display() + " holds these labels already");
        }
        LabelPublisher.Published made = LabelPublisher.publish(workspace.datasets(), workspace.labels(), from, task,
                policy);
        return new Made(workspace.datasets().info(made.version()), made.version().display() + " published: "
                + Words.count(made.rows(), "row") + ", " + Words.count(made.labelled()) + " labelled"
                + (made.differing() == 0 ? "" : ", annotators differ on " + Words.count(made.differing())));
    }

    private void start(String action, Callable<Made> job, Consumer<Made> done) {
        publish.busyProperty().set(true);
        publish.problemProperty().set("");
        String what = action + " labels of " + model.datasetProperty().get().id().display();
        publishing.start(job, made -> {
            publish.busyProperty().set(false);
            publish.noteProperty().set(made.words());
            whenPublished.run();
            done.accept(made);
        }, failure -> failed(what, failure));
    }

    /** What the person can mend stands where they asked for it. */
    private void failed(String what, Throwable failure) {
        publish.busyProperty().set(false);
        whenPublished.run(); // a file that was refused does not take the version back
        if (failure instanceof DatasetException problem && problem.code() != DatasetException.Code.STORAGE) {
            publish.noteProperty().set("");
            publish.problemProperty().set(problem.getMessage());
        } else {
            errors.show(ErrorReport.of(what, failure));
        }
    }
}
