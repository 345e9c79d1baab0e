package preflab.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import preflab.engine.model.HfFolder;
import preflab.engine.model.ModelConfig;
import preflab.app.user.UserFolders;
import preflab.projects.run.ModelRefs;
import preflab.projects.store.RunSummary;
import preflab.projects.workspace.Workspace;

/** Lists the built-in models and, with a project, what its runs have saved. Reads no weights. */
@Command(sortOptions = false, name = "models", description = "List the built-in models and a project's checkpoints.")
final class ModelsCommand extends BaseCommand {

    @Mixin
    private ProjectOption project;

    @Override
    int run(Output output) {
        Map<String, Path> models = new LinkedHashMap<>();
        ModelRefs.builtins().forEach(name -> models.put(name, ModelRefs.resolve(UserFolders.cache(), name)));
        if (project.isGiven()) {
            try (Workspace workspace = project.open()) {
                savedRuns(workspace).forEach(name -> models.put(name, ModelRefs.resolve(workspace, name)));
            }
        }
        Table table = new Table("model", "family", "parameters", "folder");
        models.forEach((name, folder) -> {
            ModelConfig config = HfFolder.open(folder).config();
            output.json(json(name, config));
            table.row(name, config.modelType(), config.parameterCount(), folder);
        });
        output.table(table, "No models.");
        return Cli.DONE;
    }

    private static List<String> savedRuns(Workspace workspace) {
        List<String> names = new ArrayList<>();
        for (RunSummary run : workspace.runs().list().reversed()) {
            if (!workspace.runs().checkpoints(run.id()).isEmpty()) {
                names.add("run:" + run.id());
            }
        }
        return names;
    }

    private static Map<String, Object> json(String name, ModelConfig config) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("model", name);
        row.put("family", config.modelType());
        row.put("parameters", config.parameterCount());
        return row;
    }
}
