package preflab.app.label;

import java.util.Optional;
import java.util.function.DoubleConsumer;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.app.widget.Words;
import preflab.datasets.example.Kind;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.ThresholdFlips;
import preflab.datasets.store.DatasetInfo;
import preflab.projects.workspace.Workspace;

/** Counts what the step threshold would flip in a version, and makes it the default of later runs. */
final class ThresholdController {

    private final LabelModel model;
    private final Workspace workspace;
    private final LabelMemory memory;
    private final ErrorModel errors;
    private final Latest reading;
    private final Latest counting;
    private Optional<DatasetInfo> of = Optional.empty();
    private Optional<ThresholdFlips> flips = Optional.empty();
    private DoubleConsumer whenKept = threshold -> {
    };

    ThresholdController(LabelModel model, Workspace workspace, LabelMemory memory, Work work, ErrorModel errors) {
        this.model = model;
        this.workspace = workspace;
        this.memory = memory;
        this.errors = errors;
        this.reading = new Latest(work);
        this.counting = new Latest(work);
        model.keptThresholdProperty().set(memory.threshold());
        model.thresholdProperty().set(memory.threshold());
        model.thresholdProperty().subscribe((before, now) -> count());
    }

    void setWhenKept(DoubleConsumer listener) {
        whenKept = listener;
        listener.accept(model.keptThresholdProperty().get());
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
        reading.start(() -> ThresholdFlips.of(workspace.datasets().view(info.id())), read -> {
            flips = Optional.of(read);
            model.valuedProperty().set(read.valued());
            count();
        }, failure -> errors.show(ErrorReport.of("Reading the values of " + info.id().display(), failure)));
    }

    private void count() {
        double kept = model.keptThresholdProperty().get();
        double now = model.thresholdProperty().get();
        flips.ifPresent(read -> counting.start(() -> read.between(kept, now),
                found -> model.flipsProperty().set(words(kept, now, found)),
                failure -> errors.show(ErrorReport.of("Counting what would flip", failure))));
    }

    private static String words(double kept, double now, ThresholdFlips.Count found) {
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
        memory.keepThreshold(threshold);
        whenKept.accept(threshold);
        count();
    }
}
