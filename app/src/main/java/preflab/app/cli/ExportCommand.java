package preflab.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import preflab.datasets.example.DatasetVersionId;
import preflab.projects.export.CheckpointExport;
import preflab.projects.export.DatasetExport;
import preflab.projects.export.MetricExport;
import preflab.projects.export.TensorBoardExport;
import preflab.projects.workspace.Workspace;

/** Things of a project in the formats of other programs. */
@Command(sortOptions = false, name = "export", description = "Write a dataset, a run's model or adapter, its metrics or its run file.")
final class ExportCommand extends BaseCommand {

    /** What can be written. */
    enum What {
        /** JSON Lines. */
        DATASET,
        /** The last checkpoint as a Hugging Face folder. */
        RUN,
        /** The last checkpoint's LoRA adapter by itself, in PEFT's layout. */
        ADAPTER,
        /** The run file, for {@code train --spec}. */
        SPEC,
        /** All metrics as CSV, or as JSON if the file's name ends so. */
        METRICS,
        /** All metrics as event files, in a log directory of TensorBoard. */
        TENSORBOARD
    }

    @Parameters(index = "0", paramLabel = "dataset|run|adapter|spec|metrics|tensorboard", description = "What to write.")
    private What what;

    @Parameters(index = "1", paramLabel = "NAME|RUN", description = "A dataset's name (NAME@VERSION), or a run's number.")
    private String which;

    @Mixin
    private ProjectOption project;

    @Option(names = "--to", paramLabel = "PATH", description = "File or folder to write (default: in the project's exports).")
    private Optional<Path> target = Optional.empty();

    @Override
    int run(Output output) throws IOException {
        try (Workspace workspace = project.open()) {
            Path path = switch (what) {
                case DATASET -> dataset(workspace);
                case RUN -> model(workspace);
                case ADAPTER -> adapter(workspace);
                case SPEC -> spec(workspace);
                case METRICS -> metrics(workspace);
                case TENSORBOARD -> TensorBoardExport.write(workspace, number(), path(workspace, "tensorboard"));
            };
            output.json(Map.of("path", path.toString()));
            output.text(path.toString());
        }
        return Cli.DONE;
    }

    private Path dataset(Workspace workspace) {
        DatasetVersionId id = workspace.datasets().resolve(which);
        Path file = path(workspace, id.dataset() + "-v" + id.version() + ".jsonl");
        DatasetExport.jsonl(workspace.datasets().view(id), file);
        return file;
    }

    private Path model(Workspace workspace) {
        Path folder = path(workspace, "run-" + number());
        CheckpointExport.copy(workspace, number(), folder);
        return folder;
    }

    private Path adapter(Workspace workspace) {
        Path folder = path(workspace, "run-" + number() + "-adapter");
        CheckpointExport.copyAdapter(workspace, number(), folder);
        return folder;
    }

    private Path spec(Workspace workspace) throws IOException {
        String json = workspace.runs().specJson(number());
        Path file = path(workspace, "run-" + number() + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, json, StandardCharsets.UTF_8);
        return file;
    }

    private Path metrics(Workspace workspace) throws IOException {
        Path file = path(workspace, "run-" + number() + ".csv");
        Files.createDirectories(file.getParent());
        if (file.toString().endsWith(".json")) {
            MetricExport.json(workspace, number(), file);
        } else {
            MetricExport.csv(workspace, number(), file);
        }
        return file;
    }

    private int number() {
        try {
            return Integer.parseInt(which);
        } catch (NumberFormatException e) {
            throw CliException.badInput("a run goes by its number, not \"" + which + "\"");
        }
    }

    private Path path(Workspace workspace, String name) {
        return target.orElse(workspace.exports().resolve(name)).toAbsolutePath().normalize();
    }
}
