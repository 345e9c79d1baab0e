package preflab.app.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import preflab.engine.train.RunEvent;
import preflab.projects.workspace.Workspace;

/** What a run's own process executes; started by the launcher, not by people. Output goes to {@code process.log}. */
@Command(sortOptions = false, name = "run-worker", hidden = true, description = "Execute a queued run.")
final class RunWorkerCommand extends BaseCommand {
    private static final Logger LOG = LoggerFactory.getLogger(RunWorkerCommand.class);

    @Mixin
    private ProjectOption project;

    @Option(names = "--run", required = true, paramLabel = "ID", description = "The run's number.")
    private int run;

    @Option(names = "--resume", description = "Go on from its last checkpoint.")
    private boolean resume;

    @Override
    int run(Output output) {
        try (Workspace workspace = project.open()) {
            RunEvent.Ended ended = Foreground.execute(workspace, run, resume, event -> {
                if (!(event instanceof RunEvent.Measured || event instanceof RunEvent.Sampled)) { // both are in the database
                    LOG.info("{}", event);
                }
            });
            return Foreground.exitCode(ended);
        }
    }
}
