package preflab.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import preflab.datasets.store.DatasetInfo;
import preflab.projects.workspace.Workspace;

/** Lists every version of every dataset of a project. */
@Command(sortOptions = false, name = "datasets", description = "List the datasets of a project.")
final class DatasetsCommand extends BaseCommand {

    @Mixin
    private ProjectOption project;

    @Override
    int run(Output output) {
        try (Workspace workspace = project.open()) {
            List<DatasetInfo> datasets = workspace.datasets().list();
            Table table = new Table("dataset", "version", "kind", "rows", "sha256", "from");
            for (DatasetInfo info : datasets) {
                output.json(json(info));
                table.row(info.id().dataset(), info.id().version(), info.kind().id(), info.rows(),
                        info.id().sha256().substring(0, 12) + "…", info.provenance());
            }
            output.table(table, "No datasets yet. Import a file with: preflab import FILE --project DIR");
        }
        return Cli.DONE;
    }

    private static Map<String, Object> json(DatasetInfo info) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("dataset", info.id().dataset());
        row.put("version", info.id().version());
        row.put("kind", info.kind().id());
        row.put("rows", info.rows());
        row.put("sha256", info.id().sha256());
        return row;
    }
}
