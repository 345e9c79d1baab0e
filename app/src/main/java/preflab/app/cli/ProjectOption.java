package preflab.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import preflab.projects.workspace.Workspace;

/** The {@code --project} option, which may be left out inside a project's folder. */
final class ProjectOption {

    @Option(names = "--project", paramLabel = "DIR", description = "The project's folder (default: the current folder, if it is a project).")
    private Optional<Path> folder = Optional.empty();

    /** Opens the project, which must exist. */
    Workspace open() {
        return Workspace.open(given());
    }

    /** Opens the project, or makes one where there is none. */
    Workspace openOrCreate() {
        return Workspace.openOrCreate(given());
    }

    boolean isGiven() {
        return folder.isPresent() || Workspace.isProject(here());
    }

    private Path given() {
        if (folder.isEmpty() && !Workspace.isProject(here())) {
            throw CliException.badInput("--project DIR is missing, and the current folder " + here()
                    + " is not a project");
        }
        return folder.orElse(here()).toAbsolutePath().normalize();
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }
}
