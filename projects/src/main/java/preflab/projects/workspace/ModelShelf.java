package preflab.projects.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import preflab.datasets.store.WholeFile;
import preflab.projects.store.ProjectException;

/** Model folders that a project knows beside the built-in ones and its own runs: {@code models.txt}, a folder a line. */
public final class ModelShelf {

    private final Path file;

    public ModelShelf(Workspace workspace) {
        this.file = workspace.folder().resolve("models.txt");
    }

    /** The folders, in the order they were added. Those that are gone stay listed. */
    public List<Path> folders() {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream().map(String::strip)
                    .filter(line -> !line.isEmpty()).map(Path::of).toList();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** Adds a folder, by its absolute path; harmless if it is there. */
    public void add(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        List<Path> folders = new ArrayList<>(folders());
        if (!folders.contains(absolute)) {
            folders.add(absolute);
            write(folders);
        }
    }

    /** Takes a folder off the list; the folder itself stays. */
    public void remove(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        write(folders().stream().filter(each -> !each.equals(absolute)).toList());
    }

    private void write(List<Path> folders) {
        try {
            WholeFile.write(file, aside -> Files.write(aside, folders.stream().map(Path::toString).toList(),
                    StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    private ProjectException failed(String what, IOException e) {
        return new ProjectException(ProjectException.Code.SYSTEM, "cannot " + what + " " + file + ": " + e.getMessage(),
                e);
    }
}
