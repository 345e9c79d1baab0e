package preflab.app.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import preflab.datasets.example.DatasetVersionId;
import preflab.projects.compare.RunFinder;
import preflab.projects.compare.filter.FilterException;
import preflab.projects.store.RunSummary;
import preflab.projects.workspace.OutdatedRuns;
import preflab.projects.workspace.Workspace;

/** Lists the runs of a project, oldest first. */
@Command(sortOptions = false, name = "runs", description = "List the runs of a project.", subcommands = RunsImportCommand.class)
final class RunsCommand extends BaseCommand {

    @Mixin
    private ProjectOption project;

    @Option(names = "--filter", paramLabel = "FILTER", description = "Only runs that fit, for example: beta > 0.05 and objective in (dpo, ipo)")
    private String filter = "";

    @Override
    int run(Output output) {
        try (Workspace workspace = project.open()) {
            List<RunSummary> all = workspace.runs().list();
            Set<Integer> found = find(new RunFinder(workspace.runs()), all);
            List<RunSummary> runs = all.stream().filter(run -> found.contains(run.id()))
                    .sorted(Comparator.comparingInt(RunSummary::id))
                    .toList();
            Map<Integer, DatasetVersionId> outdated = OutdatedRuns.of(workspace);
            runs.forEach(run -> output.json(RunRows.json(run, outdated)));
            output.table(RunRows.table(runs, outdated), all.isEmpty()
                    ? "No runs yet. Start one with: preflab train --project DIR …"
                    : "No run fits the filter.");
        }
        return Cli.DONE;
    }

    private Set<Integer> find(RunFinder finder, List<RunSummary> runs) {
        try {
            return finder.find(runs, filter);
        } catch (FilterException e) {
            throw CliException.badInput("--filter, character " + (e.at() + 1) + ": " + e.getMessage());
        }
    }
}
