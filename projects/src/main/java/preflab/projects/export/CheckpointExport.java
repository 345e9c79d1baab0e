package preflab.projects.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        StoredCheckpoint last = last(workspace, run);
        copy(last.folder(), folder);
        workspace.runs().afterTraining().exported(run, last.step(), "model", folder);
    }

    /**
     * Copies the adapter of the run's last checkpoint, in PEFT's layout.
     *
     * @throws ProjectException
     *             if the run trained no adapter or has no checkpoint, or the folder holds something
     */
    public static void copyAdapter(Workspace workspace, int run, Path folder) {
        StoredCheckpoint last = last(workspace, run);
        Path adapter = last.folder().resolve(PeftFolder.NAME);
        if (!PeftFolder.isIn(adapter)) {
            throw new ProjectException(ProjectException.Code.WRONG_STATE, "run " + run
                    + " trained all weights and no adapter; lora.rank above 0 trains one");
        }
        copy(adapter, folder);
        workspace.runs().afterTraining().exported(run, last.step(), "adapter", folder);
    }

    private static StoredCheckpoint last(Workspace workspace, int run) {
        List<StoredCheckpoint> checkpoints = workspace.runs().checkpoints(run);
        if (checkpoints.isEmpty()) {
            throw new ProjectException(ProjectException.Code.WRONG_STATE, "run " + run + " has no checkpoint yet");
        }
        return checkpoints.getLast();
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
            Path aside = folder.resolveSibling("." + folder.getFileName() + ".part");
            try {
                copyAside(model, aside);
                Files.move(aside, folder, StandardCopyOption.REPLACE_EXISTING); // in place of the empty one
            } finally {
                clear(aside);
            }
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot write " + folder + ": " + e.getMessage(),
                    e);
        }
    }

    private static void copyAside(Path model, Path aside) throws IOException {
        clear(aside);
        Files.createDirectories(aside);
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.filter(CheckpointExport::belongs).sorted().toList()) {
                Files.copy(file, aside.resolve(file.getFileName()));
            }
        }
    }

    /** What an export that broke off left behind; it holds files only. */
    private static void clear(Path aside) throws IOException {
        if (Files.isDirectory(aside)) {
            try (Stream<Path> files = Files.list(aside)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(aside);
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
