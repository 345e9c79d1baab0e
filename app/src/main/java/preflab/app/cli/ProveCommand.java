package preflab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import preflab.engine.train.RunSpec;
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
    int run(Output output) throws IOException {
        if (steps < 1 || kills < 1) {
            throw CliException.badInput("--steps and --kills must be at least 1");
        }
        Path folder = Files.createTempDirectory("preflab-proof");
        try (Workspace workspace = project.open(); Workspace scratch = Workspace.create(folder.resolve("p.preflab"))) {
            RunSpec spec = workspace.runs().spec(run);
            ResumeProof.Result result = ResumeProof.prove(workspace, scratch, spec, steps, kills, seed,
                    SelfLauncher.thisProgram(), output::progress);
            return say(result, output);
        } finally {
            delete(folder);
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
        String compared = result.kills() + " kills in " + result.runs() + " runs of " + steps + " steps; "
                + result.values() + " logged values and " + result.texts() + " texts of each compared with a run that"
                + " nobody killed";
        output.text(result.holds()
                ? "It holds, bit by bit: " + compared + "."
                : "It does NOT hold: " + compared + ". Different: " + String.join("; ", result.differences()));
        return result.holds() ? Cli.DONE : Cli.FAILED;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }
}
