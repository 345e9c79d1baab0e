package preflab.app.cli;

import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import preflab.projects.store.RunSummary;
import preflab.projects.workspace.Workspace;

/** Lists the runs of a project, oldest first. */
@Command(sortOptions = false, name = "runs", description = "List the runs of a project.")
final class RunsCommand extends BaseCommand {

    @Mixin
    private ProjectOption project;

    @Override
    int run(Output output) {
        try (Workspace workspace = project.open()) {
            List<RunSummary> runs = workspace.runs().list().stream().sorted(Comparator.comparingInt(RunSummary::id))
                    .toList();
            runs.forEach(run -> output.json(RunRows.json(run)));
            output.table(RunRows.table(runs), "No runs yet. Start one with: preflab train --project DIR …");
        }
        return Cli.DONE;
    }
}
