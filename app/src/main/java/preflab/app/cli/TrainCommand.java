package preflab.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import preflab.engine.train.RunSpec;
import preflab.engine.train.RunSpecs;
import preflab.projects.run.LaunchEstimate;
import preflab.projects.run.RunLauncher;
import preflab.projects.workspace.Workspace;

/** One run, in this process, with its events printed as they come. Ctrl-C stops it at a step boundary, with a checkpoint. */
@Command(sortOptions = false, name = "train", description = "Train one run; Ctrl-C stops it with a checkpoint.")
final class TrainCommand extends BaseCommand {

    @Mixin
    private ProjectOption project;

    @Mixin
    private TrainFlags flags;

    @Option(names = "--spec", paramLabel = "FILE", description = "A run file, as export spec writes it, instead of the flags above.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--background", description = "Start the run in a process of its own and return at once.")
    private boolean background;

    @Option(names = "--estimate", description = "Say what memory and time the run would need, and start nothing.")
    private boolean estimateOnly;

    @Option(names = "--ignore-memory", description = "Start also where memory does not seem to suffice.")
    private boolean ignoreMemory;

    @Override
    int run(Output output) throws IOException {
        try (Workspace workspace = project.open()) {
            RunSpec spec = file.isPresent() ? fromFile(file.get(), workspace) : flags.spec(workspace);
            SpecCheck.requireTrainable(workspace, spec);
            Optional<LaunchEstimate> estimate = LaunchEstimate.attempt(workspace, spec);
            estimate.ifPresent(needs -> EstimateOutput.say(needs, output));
            estimate.flatMap(LaunchEstimate::refusal).filter(why -> !ignoreMemory).ifPresent(why -> {
                throw CliException.badInput("this run is not started: " + why
                        + System.lineSeparator() + "  --ignore-memory starts it all the same");
            });
            if (estimateOnly) {
                return Cli.DONE;
            }
            int run = workspace.runs().create(spec);
            estimate.ifPresent(needs -> needs.keep(workspace.runs().folder(run)));
            return background ? launch(workspace, run, output) : Foreground.execute(workspace, run, output);
        }
    }

    private static int launch(Workspace workspace, int run, Output output) {
        return say(RunLauncher.start(workspace, run), run, workspace, output);
    }

    /** Names the process that a run goes on in. */
    static int say(ProcessHandle process, int run, Workspace workspace, Output output) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "launched");
        event.put("run", run);
        event.put("pid", process.pid());
        output.json(event);
        output.text("run " + run + " goes on in process " + process.pid() + "; follow it with: preflab runs --project "
                + workspace.folder());
        return Cli.DONE;
    }

    private RunSpec fromFile(Path path, Workspace workspace) throws IOException {
        flags.requireNone();
        RunSpec spec = RunSpecs.fromJson(Files.readString(path, StandardCharsets.UTF_8));
        SpecCheck.requireSameRows(workspace, spec.dataset());
        spec.evaluation().ifPresent(rows -> SpecCheck.requireSameRows(workspace, rows));
        return spec;
    }
}
