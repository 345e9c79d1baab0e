package preflab.projects.workspace;

import java.util.Optional;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.label.LabelTask;
import preflab.datasets.store.DatasetInfo;
import preflab.engine.train.RunSpec;

/**
 * Where a row that a run knows can be labelled.
 *
 * @param row
 *            its index in the version
 */
public record LabelPlace(DatasetVersionId version, LabelTask task, int row) {

    /**
     * Of a row among a run's samples: they are of its held-out rows, or of what it was trained on where it had none.
     *
     * @return empty where such rows cannot be labelled, or their version was deleted
     */
    public static Optional<LabelPlace> ofSample(Workspace workspace, int run, int row) {
        RunSpec spec = workspace.runs().spec(run);
        return of(workspace, spec.evaluation().orElse(spec.dataset()), row);
    }

    /** Of a row the run was trained on; empty as above. */
    public static Optional<LabelPlace> ofTraining(Workspace workspace, int run, int row) {
        return of(workspace, workspace.runs().spec(run).dataset(), row);
    }

    private static Optional<LabelPlace> of(Workspace workspace, DatasetVersionId version, int row) {
        return workspace.datasets().list().stream().filter(info -> info.id().equals(version))
                .filter(info -> row >= 0 && row < info.rows()).map(DatasetInfo::kind).findFirst()
                .flatMap(LabelTask::defaultFor).map(task -> new LabelPlace(version, task, row));
    }
}
