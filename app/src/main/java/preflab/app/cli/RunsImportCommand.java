package preflab.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import preflab.projects.foreign.ForeignImport;
import preflab.projects.store.RunSummary;
import preflab.projects.workspace.Workspace;

/** Enters runs that were trained elsewhere. */
@Command(sortOptions = false, name = "import", description = "Enter runs of other programs or projects, to be compared with those of this one: trainer_state.json, TensorBoard's event files, CSV, answers as JSON Lines, a project's folder.")
final class RunsImportCommand extends BaseCommand {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files or folders.")
    private List<Path> files = List.of();

    @Mixin
    private ProjectOption project;

    @Option(names = "--name", paramLabel = "NAME", description = "What to call it (default: the name of its folder or file).")
    private Optional<String> name = Optional.empty();

    @Option(names = "--objective", paramLabel = "ID", description = "What it was trained with, where you know.")
    private Optional<String> objective = Optional.empty();

    @Option(names = "--dataset", paramLabel = "NAME", description = "The held-out rows that answers are to, by which they are judged and compared with our runs' answers (default: the smallest version that has all their prompts).")
    private Optional<String> dataset = Optional.empty();

    @Override
    int run(Output output) {
        try (Workspace workspace = project.open()) {
            ForeignImport.Told told = new ForeignImport.Told(name, objective, dataset);
            for (Path file : files) {
                for (int run : ForeignImport.add(workspace, file, told)) {
                    RunSummary added = workspace.runs().summary(run);
                    output.json(RunRows.json(added, Map.of()));
                    output.text("run " + run + " " + added.name() + ": " + holds(workspace, added) + ", from "
                            + added.origin().orElse(""));
                }
            }
        }
        return Cli.DONE;
    }

    private static String holds(Workspace workspace, RunSummary run) {
        String answered = workspace.runs().afterTraining().evaluations(run.id()).stream()
                .map(late -> Numbers.whole(late.answers().size()) + " answers to " + late.dataset().display())
                .collect(Collectors.joining(", "));
        String logged = run.metrics().size() + " metrics, " + run.lastStep() + " steps";
        return run.metrics().isEmpty() ? answered : answered.isEmpty() ? logged : logged + ", " + answered;
    }
}
