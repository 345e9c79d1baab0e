package preflab.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.TrainSettings;
import preflab.projects.compare.Comparison;
import preflab.projects.export.HtmlReport;
import preflab.projects.workspace.Builtins;
import preflab.projects.workspace.Workspace;

/** The main job on built-in data: datasets, four objectives from one base model, a table and a report. */
@Command(sortOptions = false, name = "demo", description = "Train four objectives on built-in problems and compare them.")
final class DemoCommand extends BaseCommand {

    private static final String NAME = "demo";

    @Option(names = "--project", paramLabel = "DIR", description = "The project's folder (default: demo.preflab here, or the next free name).")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--set", hidden = true, paramLabel = "name=value", description = "Another setting for all runs.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Override
    int run(Output output) {
        DemoPlan plan = DemoPlan.read().with(overrides);
        try (Workspace workspace = Workspace.openOrCreate(folder.orElseGet(DemoCommand::freeFolder))) {
            output.progress("project " + workspace.folder());
            Builtins.install(workspace);
            List<Integer> runs = new ArrayList<>();
            for (DemoPlan.Entry entry : plan.runs()) {
                runs.add(train(workspace, plan, entry, output));
            }
            Comparison comparison = Comparison.of(workspace, runs, runs.getFirst());
            Path report = workspace.exports().resolve(NAME + ".html");
            HtmlReport.write(comparison, report);
            DemoReport.print(workspace.folder(), comparison, report, output);
        }
        return Cli.DONE;
    }

    /** The demonstration's own project is used again; somebody else's folder of that name is left alone. */
    private static Path freeFolder() {
        return IntStream.iterate(1, i -> i + 1)
                .mapToObj(i -> Path.of(NAME + (i == 1 ? "" : "-" + i) + Workspace.SUFFIX).toAbsolutePath())
                .filter(candidate -> !Files.exists(candidate) || isDemo(candidate)).findFirst().orElseThrow();
    }

    private static boolean isDemo(Path candidate) {
        if (!Workspace.isProject(candidate)) {
            return false;
        }
        try (Workspace workspace = Workspace.open(candidate)) {
            return workspace.datasets().list().stream()
                    .anyMatch(info -> info.id().dataset().equals(Builtins.TEST.dataset()));
        }
    }

    private static int train(Workspace workspace, DemoPlan plan, DemoPlan.Entry entry, Output output) {
        int run = workspace.runs().create(plan.spec(entry, workspace.datasets()));
        int steps = workspace.runs().spec(run).settings().get(TrainSettings.STEPS);
        output.progress("run " + run + ": " + entry.name());
        RunEvent.Ended ended = Foreground.execute(workspace, run, false, new DemoProgress(steps, output));
        if (ended.outcome() == Outcome.STOPPED) {
            throw CliException.failed("stopped at run " + run + " of the demonstration");
        }
        if (ended.outcome() != Outcome.FINISHED) {
            throw CliException.failed("run " + run + " (" + entry.name() + ") " + ended.outcome() + ": "
                    + ended.message());
        }
        return run;
    }
}
