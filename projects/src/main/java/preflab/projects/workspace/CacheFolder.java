package preflab.projects.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import preflab.projects.store.ProjectException;

/** A folder of things that can be made again: how large it is, and emptying it. */
public final class CacheFolder {

    private final Path folder;

    public CacheFolder(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /** Of all files in it; 0 if there is no such folder. */
    public long bytes() {
        return all().stream().filter(Files::isRegularFile).mapToLong(CacheFolder::size).sum();
    }

    /** Deletes what is in it; the folder stays. */
    public void clear() {
        for (Path path : all()) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw failed("empty", e);
            }
        }
    }

    /** Deepest first, without the folder itself. */
    private List<Path> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> !path.equals(folder)).sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0; // deleted meanwhile
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private ProjectException failed(String what, IOException e) {
        return new ProjectException(ProjectException.Code.SYSTEM, "cannot " + what + " " + folder + ": "
                + e.getMessage(), e);
    }
}
