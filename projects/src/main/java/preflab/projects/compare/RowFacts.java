package preflab.projects.compare;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.store.DatasetInfo;
import preflab.projects.store.ProjectException;
import preflab.projects.workspace.Workspace;

/** What is known of the rows that runs were trained on; remembers what it has read. */
final class RowFacts {

    private final Workspace workspace;
    private final Map<DatasetVersionId, Map<String, String>> known = new HashMap<>();

    RowFacts(Workspace workspace) {
        this.workspace = workspace;
    }

    /** By name; empty where the version is not in this project. */
    Map<String, String> of(DatasetVersionId version) {
        return known.computeIfAbsent(version, this::read);
    }

    private Map<String, String> read(DatasetVersionId version) {
        try {
            DatasetInfo info = workspace.datasets().info(version);
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("dataset kind", info.kind().id());
            facts.put("dataset rows", String.valueOf(info.rows()));
            facts.put("dataset origin", info.provenance().isBlank() ? Differences.NONE : info.provenance());
            return facts;
        } catch (DatasetException | ProjectException e) {
            return Map.of();
        }
    }
}
