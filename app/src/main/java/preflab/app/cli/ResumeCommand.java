package preflab.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import preflab.projects.run.RunLauncher;
import preflab.projects.store.RunState;
import preflab.projects.workspace.Workspace;

/** Goes on with a run from its last checkpoint; a paused one goes on where it waits. */
@Command(sortOptions = false, name = "resume", description = "Go on with a run that was stopped, failed, was interrupted or is paused.")
final class ResumeCommand extends BaseCommand {

    @Mixin
    private ProjectOption project;

    @Parameters(paramLabel = "RUN", description = "The run's number.")
    private int run;

    @Option(names = "--background", description = "Resume in a process of its own and return at once.")
    private boolean background;

    @Override
    int run(Output output) {
        try (Workspace workspace = project.open()) {
            RunState state = workspace.runs().state(run);
            if (state == RunState.PAUSED) {
                workspace.runs().endPause(run);
                output.text("run " + run + " goes on in its own process");
                return Cli.DONE;
            }
            if (!state.isResumable()) {
                throw CliException.badInput("run " + run + " is " + state
                        + "; STOPPED, FAILED, INTERRUPTED and PAUSED runs can be resumed");
            }
            return background
                    ? TrainCommand.say(RunLauncher.resume(workspace, run), run, workspace, output)
                    : Foreground.resume(workspace, run, output);
        }
    }
}
