package preflab.app.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import preflab.app.user.UserFolders;
import preflab.projects.run.ModelRefs;
import preflab.projects.workspace.Workspace;

/** The {@code --model} option of commands that load one: a folder, a built-in model or a run's last checkpoint. */
final class ModelOption {

    private static final String RUN = "run:";

    @Option(names = "--model", required = true, paramLabel = "REF", description = "A Hugging Face folder, builtin:NAME, or run:ID[@STEP] with --project.")
    private String reference;

    @Mixin
    private ProjectOption project;

    /** The Hugging Face folder it stands for. */
    Path folder() {
        if (!reference.startsWith(RUN)) {
            return ModelRefs.resolve(UserFolders.cache(), reference);
        }
        try (Workspace workspace = project.open()) {
            return ModelRefs.resolve(workspace, reference);
        }
    }
}
