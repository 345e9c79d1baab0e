package preflab.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.store.DatasetInfo;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.Origin;
import preflab.datasets.store.VersionDifference;
import preflab.projects.workspace.Workspace;

/** The versions of a project's datasets: listed, looked into, compared, deleted and brought back. */
@Command(sortOptions = false, name = "datasets", description = "List the datasets of a project; their history, differences and trash.")
final class DatasetsCommand extends BaseCommand {

    private static final int SHOWN = 10;

    /** One thing at a time. */
    static final class Act {
        @Option(names = "--history", paramLabel = "NAME", description = "What each version of a dataset was made from.")
        private String history;

        @Option(names = "--differences", paramLabel = "NAME@V", arity = "2", description = "Rows added, removed and changed from one version to another.")
        private List<String> differences;

        @Option(names = "--delete", paramLabel = "NAME@V", description = "Move a version into the trash.")
        private String delete;

        @Option(names = "--restore", paramLabel = "NAME@V", description = "Bring a version back from the trash.")
        private String restore;

        @Option(names = "--trash", description = "List what lies in the trash.")
        private boolean trash;
    }

    @Mixin
    private ProjectOption project;

    @ArgGroup(exclusive = true)
    private Act act = new Act();

    @Override
    int run(Output output) {
        try (Workspace workspace = project.open()) {
            DatasetStore store = workspace.datasets();
            if (act.history != null) {
                history(store, output);
            } else if (act.differences != null) {
                differences(store, output);
            } else if (act.delete != null) {
                DatasetVersionId id = store.resolve(act.delete);
                store.trash().put(id);
                moved(id, "deleted", "; bring it back with --restore " + id.dataset() + "@" + id.version(), output);
            } else if (act.restore != null) {
                DatasetVersionId id = store.trash().resolve(act.restore);
                store.trash().restore(id);
                moved(id, "restored", "", output);
            } else {
                list(act.trash ? store.trash().list() : store.list(), output);
            }
        }
        return Cli.DONE;
    }

    private void list(List<DatasetInfo> datasets, Output output) {
        Table table = new Table("dataset", "version", "kind", "rows", "sha256", "from");
        for (DatasetInfo info : datasets) {
            output.json(json(info));
            table.row(info.id().dataset(), info.id().version(), info.kind().id(), info.rows(),
                    info.id().sha256().substring(0, 12) + "…", info.provenance());
        }
        output.table(table, act.trash
                ? "The trash is empty."
                : "No datasets yet. Import a file with: preflab import FILE --project DIR");
    }

    private void history(DatasetStore store, Output output) {
        String name = store.resolve(act.history).dataset();
        Table table = new Table("version", "created", "kind", "rows", "by", "from");
        for (DatasetInfo info : store.list()) {
            if (info.id().dataset().equals(name)) {
                Origin origin = store.origin(info.id());
                Map<String, Object> row = json(info);
                row.put("created", info.created().toString());
                row.put("action", origin.action());
                row.put("from", origin.text());
                row.put("parents", origin.parents().stream().map(parent -> parent.dataset() + "@" + parent.version())
                        .toList());
                row.put("settings", origin.settings());
                output.json(row);
                table.row(info.id().version(), info.created(), info.kind().id(), info.rows(), origin.action(),
                        origin.text());
            }
        }
        output.table(table, "");
    }

    private void differences(DatasetStore store, Output output) {
        VersionDifference difference = store.difference(store.resolve(act.differences.get(0)),
                store.resolve(act.differences.get(1)));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("from", difference.from().dataset() + "@" + difference.from().version());
        row.put("to", difference.to().dataset() + "@" + difference.to().version());
        row.put("unchanged", difference.unchanged());
        row.put("added", difference.added());
        row.put("removed", difference.removed());
        row.put("changed", difference.changed().stream().map(change -> List.of(change.from(), change.to())).toList());
        output.json(row);
        output.text(difference.from().display() + " → " + difference.to().display() + ": "
                + Numbers.whole(difference.unchanged()) + " rows unchanged");
        output.text("added    " + rows(difference.added()));
        output.text("removed  " + rows(difference.removed()));
        output.text("changed  " + rows(difference.changed().stream().map(VersionDifference.Change::to).toList()));
    }

    private static String rows(List<Integer> rows) {
        String first = String.join(", ", rows.stream().limit(SHOWN).map(String::valueOf).toList());
        return Numbers.whole(rows.size())
                + (rows.isEmpty() ? "" : " (row " + first + (rows.size() > SHOWN ? ", …" : "") + ")");
    }

    private static void moved(DatasetVersionId id, String what, String next, Output output) {
        output.json(Map.of("dataset", id.dataset(), "version", id.version(), "state", what));
        output.text(id.display() + " " + what + next);
    }

    static Map<String, Object> json(DatasetInfo info) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("dataset", info.id().dataset());
        row.put("version", info.id().version());
        row.put("kind", info.kind().id());
        row.put("rows", info.rows());
        row.put("sha256", info.id().sha256());
        return row;
    }
}
