package preflab.projects.workspace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.store.Origin;

/** Which versions of a project were made of which. Read once. */
public final class DatasetLineage {

    private final Map<DatasetVersionId, Origin> origins = new HashMap<>();

    private DatasetLineage() {
    }

    /** As the project stands now. */
    public static DatasetLineage of(Workspace workspace) {
        DatasetLineage lineage = new DatasetLineage();
        workspace.datasets().list()
                .forEach(info -> lineage.origins.put(info.id(), workspace.datasets().origin(info.id())));
        return lineage;
    }

    Map<DatasetVersionId, Origin> origins() {
        return Map.copyOf(origins);
    }

    /** A version and all that it was made of, nearest first. */
    public Set<DatasetVersionId> ancestors(DatasetVersionId version) {
        Set<DatasetVersionId> found = new LinkedHashSet<>();
        Deque<DatasetVersionId> open = new ArrayDeque<>(List.of(version));
        while (!open.isEmpty()) {
            DatasetVersionId next = open.removeFirst();
            if (found.add(next) && origins.containsKey(next)) {
                open.addAll(origins.get(next).parents());
            }
        }
        return found;
    }

    /**
     * Hashes of the versions in one line with this one, itself too: what it was made of and what was made of it. They
     * share rows with it, as a rule; others may do so as well. None for rows of which nobody told the hash.
     */
    public Set<String> line(DatasetVersionId version) {
        if (version.sha256().isBlank()) {
            return Set.of();
        }
        Set<String> line = new HashSet<>();
        ancestors(version).forEach(ancestor -> line.add(ancestor.sha256()));
        origins.keySet().stream().filter(other -> ancestors(other).contains(version))
                .forEach(descendant -> line.add(descendant.sha256()));
        return line;
    }
}
