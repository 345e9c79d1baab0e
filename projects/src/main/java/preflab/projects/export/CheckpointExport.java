package preflab.projects.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import preflab.engine.model.PeftFolder;
import preflab.projects.store.ProjectException;
import preflab.projects.store.StoredCheckpoint;
import preflab.projects.workspace.Workspace;

/** What a run has learned as a model folder in Hugging Face's layout, for other programs. */
public final class CheckpointExport {

    /** What other programs read; the optimizer's state stays behind. */
    private static final List<String> ENDINGS = List.of(".json", ".safetensors", ".model", ".txt", ".jinja");

    private CheckpointExport() {
    }

    /**
     * Copies the run's last checkpoint into a folder that does not exist yet or is empty.
     *
     * @throws ProjectException
     *             if the run has no checkpoint or the folder holds something
     */
    public static void copy(Workspace workspace, int run, Path folder) {
        copy(last(workspace, run), folder);
    }

    /**
     * Copies the adapter of the run's last checkpoint, in PEFT's layout.
     *
     * @throws ProjectException
     *             if the run trained no adapter or has no checkpoint, or the folder holds something
     */
    public static void copyAdapter(Workspace workspace, int run, Path folder) {
        Path adapter = last(workspace, run).resolve(PeftFolder.NAME);
        if (!PeftFolder.isIn(adapter)) {
            throw new ProjectException(ProjectException.Code.WRONG_STATE, "run " + run
                    + " trained all weights and no adapter; lora.rank above 0 trains one");
        }
        copy(adapter, folder);
    }

    private static Path last(Workspace workspace, int run) {
        List<StoredCheckpoint> checkpoints = workspace.runs().checkpoints(run);
        if (checkpoints.isEmpty()) {
            throw new ProjectException(ProjectException.Code.WRONG_STATE, "run " + run + " has no checkpoint yet");
        }
        return checkpoints.getLast().folder();
    }

    /**
     * Copies a model folder into one that does not exist yet or is empty.
     *
     * @throws ProjectException
     *             if the folder holds something or cannot be written
     */
    public static void copy(Path model, Path folder) {
        try {
            Files.createDirectories(folder);
            requireEmpty(folder);
            try (Stream<Path> files = Files.list(model)) {
                for (Path file : files.filter(CheckpointExport::belongs).sorted().toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot write " + folder + ": " + e.getMessage(),
                    e);
        }
    }

    private static boolean belongs(Path file) {
        String name = file.getFileName().toString();
        return ENDINGS.stream().anyMatch(name::endsWith) && !name.startsWith("optimizer")
                && !name.startsWith("manifest");
    }

    private static void requireEmpty(Path folder) throws IOException {
        try (Stream<Path> present = Files.list(folder)) {
            if (present.findAny().isPresent()) {
                throw new ProjectException(ProjectException.Code.SYSTEM,
                        folder + " is not empty; name a new folder");
            }
        }
    }
}
