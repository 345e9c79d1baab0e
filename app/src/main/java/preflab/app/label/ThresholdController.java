package preflab.app.label;

import java.util.Optional;
import java.util.function.DoubleConsumer;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Latest;
import preflab.app.task.Serial;
import preflab.app.task.Work;
import preflab.app.widget.Words;
import preflab.datasets.example.Kind;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.ThresholdPreview;
import preflab.datasets.store.DatasetInfo;
import preflab.engine.train.TrainSettings;
import preflab.projects.workspace.Workspace;

/** Counts what the step threshold would flip in a version, and makes it the default of later runs. */
final class ThresholdController {

    private final LabelModel model;
    private final Workspace workspace;
    private final ErrorModel errors;
    private final Latest reading;
    private final Latest counting;
    private final Serial saving;
    private Optional<DatasetInfo> of = Optional.empty();
    private Optional<ThresholdPreview> flips = Optional.empty();
    private DoubleConsumer whenKept = threshold -> {
    };

    ThresholdController(LabelModel model, Workspace workspace, Work work, ErrorModel errors) {
        this.model = model;
        this.workspace = workspace;
        this.errors = errors;
        this.reading = new Latest(work);
        this.counting = new Latest(work);
        this.saving = new Serial(work);
        double standard = TrainSettings.STEP_THRESHOLD.defaultValue();
        model.keptThresholdProperty().set(standard);
        model.thresholdProperty().set(standard);
        model.thresholdProperty().subscribe((before, now) -> count());
        work.start(workspace::stepThreshold, kept -> kept.ifPresent(this::begin),
                failure -> errors.show(ErrorReport.of("Reading the step threshold", failure)));
    }

    /** Where the project's user left it. */
    private void begin(StepThreshold kept) {
        model.keptThresholdProperty().set(kept.threshold());
        model.thresholdProperty().set(kept.threshold());
        whenKept.accept(kept.threshold());
    }

    void setWhenKept(DoubleConsumer listener) {
        whenKept = listener;
        listener.accept(model.keptThresholdProperty().get());
    }

    /** Moves what is looked at by so much, within [−1, 1]. */
    void move(double by) {
        if (model.valuedProperty().get()) {
            double to = Math.rint((model.thresholdProperty().get() + by) / by) * by;
            model.thresholdProperty().set(Math.clamp(to, -1, 1));
        }
    }

    /** Reads the values of a version. */
    void read(DatasetInfo info, LabelTask task) {
        if (flips.isPresent() && of.equals(Optional.of(info)) && task == LabelTask.STEPS) {
            return;
        }
        of = Optional.of(info);
        flips = Optional.empty();
        model.valuedProperty().set(false);
        counting.cancel();
        if (task != LabelTask.STEPS || info.kind() != Kind.STEPWISE) {
            reading.cancel();
            return;
        }
        reading.start(() -> ThresholdPreview.of(workspace.datasets().view(info.id())), read -> {
            flips = Optional.of(read);
            model.valuedProperty().set(read.valued());
            count();
        }, failure -> errors.show(ErrorReport.of("Reading the values of " + info.id().display(), failure)));
    }

    private void count() {
        double kept = model.keptThresholdProperty().get();
        double now = model.thresholdProperty().get();
        flips.ifPresent(read -> counting.start(() -> read.flips(new StepThreshold(kept), new StepThreshold(now)),
                found -> model.flipsProperty().set(words(kept, now, found)),
                failure -> errors.show(ErrorReport.of("Counting what would flip", failure))));
    }

    private static String words(double kept, double now, ThresholdPreview.Flips found) {
        if (Math.abs(kept - now) < 1e-9) {
            return "the default of later runs";
        }
        return "→ " + Words.count(found.steps(), "step") + " in " + Words.count(found.answers(), "answer")
                + " would flip";
    }

    /** Makes the threshold that is looked at the one that later runs start from. */
    void keep() {
        double threshold = model.thresholdProperty().get();
        model.keptThresholdProperty().set(threshold);
        saving.start(() -> {
            workspace.labels().chooseStepThreshold(new StepThreshold(threshold));
            return threshold;
        }, whenKept::accept, failure -> errors.show(ErrorReport.of("Keeping the step threshold", failure)));
        count();
    }
}
