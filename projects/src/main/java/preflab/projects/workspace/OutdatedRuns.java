package preflab.projects.workspace;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.store.LabelPublisher;
import preflab.datasets.store.Origin;

/** Which runs used data whose labels were mended since. */
public final class OutdatedRuns {

    private OutdatedRuns() {
    }

    /**
     * For every run whose rows, or rows that its rows were made of, were labelled anew and published after: the newest
     * version that came of them. Rows made of the mended version itself are not outdated by it.
     *
     * @return by run number
     */
    public static Map<Integer, DatasetVersionId> of(Workspace workspace) {
        DatasetLineage lineage = DatasetLineage.of(workspace);
        Map<DatasetVersionId, DatasetVersionId> mended = mended(lineage.origins());
        Map<Integer, DatasetVersionId> outdated = new TreeMap<>();
        workspace.runs().list().forEach(run -> {
            Set<DatasetVersionId> used = lineage.ancestors(run.dataset());
            used.stream().map(mended::get).filter(newer -> newer != null && !used.contains(newer)).findFirst()
                    .ifPresent(newer -> outdated.put(run.id(), newest(newer, mended)));
        });
        return outdated;
    }

    private static DatasetVersionId newest(DatasetVersionId version, Map<DatasetVersionId, DatasetVersionId> mended) {
        DatasetVersionId newest = version;
        while (mended.containsKey(newest)) { // versions only grow, so this ends
            newest = mended.get(newest);
        }
        return newest;
    }

    /** Of every version the newest one that was labelled from it. */
    private static Map<DatasetVersionId, DatasetVersionId> mended(Map<DatasetVersionId, Origin> origins) {
        Map<DatasetVersionId, DatasetVersionId> mended = new HashMap<>();
        origins.forEach((version, origin) -> {
            if (origin.action().equals(LabelPublisher.ACTION)) {
                origin.parents().forEach(
                        parent -> mended.merge(parent, version, (a, b) -> a.version() > b.version() ? a : b));
            }
        });
        return mended;
    }
}
