package preflab.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import preflab.projects.run.ResumeProof;
import preflab.projects.run.SelfLauncher;
import preflab.projects.workspace.Workspace;

/** Kills a copy of a run at random moments and compares its log with that of one that nobody killed. */
@Command(sortOptions = false, name = "prove", description = "Prove that a run of this configuration survives kill -9: kill it, resume it, compare the logs.")
final class ProveCommand extends BaseCommand {

    @Mixin
    private ProjectOption project;

    @Parameters(paramLabel = "RUN", description = "The run whose configuration is tried.")
    private int run;

    @Option(names = "--steps", defaultValue = "12", paramLabel = "N", description = "Steps to take (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--kills", defaultValue = "3", paramLabel = "N", description = "Processes to kill (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Decides the moments (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    int run(Output output) {
        if (steps < 1 || kills < 1) {
            throw CliException.badInput("--steps and --kills must be at least 1");
        }
        try (Workspace workspace = project.open()) {
            return say(ResumeProof.prove(workspace, workspace.runs().spec(run), steps, kills, seed,
                    SelfLauncher.thisProgram(), output::progress), output);
        }
    }

    private int say(ResumeProof.Result result, Output output) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("run", run);
        object.put("kills", result.kills());
        object.put("values", result.values());
        object.put("texts", result.texts());
        object.put("equal", result.holds());
        object.put("differences", result.differences());
        output.json(object);
        output.text(result.sentence());
        return result.holds() ? Cli.DONE : Cli.FAILED;
    }
}
