package preflab.projects.workspace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.store.DatasetInfo;
import preflab.datasets.store.LabelPublisher;
import preflab.datasets.store.Origin;

/** Which runs used data whose labels were mended since. */
public final class OutdatedRuns {

    private OutdatedRuns() {
    }

    /**
     * For every run whose rows were labelled anew and published after: the newest version that came of them.
     *
     * @return by run number
     */
    public static Map<Integer, DatasetVersionId> of(Workspace workspace) {
        Map<DatasetVersionId, DatasetVersionId> mended = mended(workspace);
        Map<Integer, DatasetVersionId> outdated = new TreeMap<>();
        workspace.runs().list().forEach(run -> {
            if (mended.containsKey(run.dataset())) {
                DatasetVersionId newest = run.dataset();
                while (mended.containsKey(newest)) { // versions only grow, so this ends
                    newest = mended.get(newest);
                }
                outdated.put(run.id(), newest);
            }
        });
        return outdated;
    }

    /** Of every version the newest one that was labelled from it. */
    private static Map<DatasetVersionId, DatasetVersionId> mended(Workspace workspace) {
        Map<DatasetVersionId, DatasetVersionId> mended = new HashMap<>();
        List<DatasetInfo> infos = workspace.datasets().list();
        for (DatasetInfo info : infos) {
            Origin origin = workspace.datasets().origin(info.id());
            if (origin.action().equals(LabelPublisher.ACTION)) {
                origin.parents().forEach(parent -> mended.merge(parent, info.id(),
                        (a, b) -> a.version() > b.version() ? a : b));
            }
        }
        return mended;
    }
}
