package preflab.projects.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.LabelStore;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunStore;

/** One project: a folder {@code NAME.preflab/} that can be moved. Safe for several threads and processes. */
public final class Workspace implements AutoCloseable {

    /** What project folders' names end with. */
    public static final String SUFFIX = ".preflab";

    private final Path folder;
    private final RunStore runs;
    private DatasetStore datasets;
    private LabelStore labels;

    private Workspace(Path folder) {
        this.folder = folder;
        this.runs = RunStore.open(folder);
    }

    /**
     * Makes a project in a folder that does not exist yet or is empty.
     *
     * @throws ProjectException
     *             if there is something else, or the folder lies on a network drive
     */
    public static Workspace create(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (isProject(absolute)) {
            throw new ProjectException(ProjectException.Code.NOT_A_PROJECT,
                    absolute + " is a project already; open it instead");
        }
        if (Files.exists(absolute) && !isEmptyFolder(absolute)) {
            throw new ProjectException(ProjectException.Code.NOT_A_PROJECT,
                    absolute + " is not empty; a new project needs a new or an empty folder");
        }
        try {
            Files.createDirectories(absolute);
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot make the folder " + absolute, e);
        }
        return new Workspace(checkedLocal(absolute));
    }

    /**
     * Opens the project in this folder.
     *
     * @throws ProjectException
     *             if there is none, a newer program wrote it, or it lies on a network drive
     */
    public static Workspace open(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!isProject(absolute)) {
            throw new ProjectException(ProjectException.Code.NOT_A_PROJECT, absolute
                    + " is not a project: it holds no " + RunStore.FILE + ". A project is a folder named NAME"
                    + SUFFIX);
        }
        return new Workspace(checkedLocal(absolute));
    }

    /** Opens the project in this folder, or makes one there. */
    public static Workspace openOrCreate(Path folder) {
        return isProject(folder) ? open(folder) : create(folder);
    }

    /** Whether the folder holds a project. */
    public static boolean isProject(Path folder) {
        return Files.isRegularFile(folder.resolve(RunStore.FILE));
    }

    private static boolean isEmptyFolder(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            return false; // a file, or a folder nobody may look into
        }
    }

    private static Path checkedLocal(Path folder) {
        NetworkFolders.typeOf(folder).ifPresent(type -> {
            throw new ProjectException(ProjectException.Code.NETWORK_FOLDER, folder + " lies on a network drive ("
                    + type + "), where SQLite's locks cannot be trusted; keep projects on a local disk");
        });
        return folder;
    }

    /** The folder's name without {@link #SUFFIX}. */
    public String name() {
        String name = folder.getFileName().toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    /** Absolute. */
    public Path folder() {
        return folder;
    }

    /** Immutable versions of datasets; opened when first asked for. */
    public synchronized DatasetStore datasets() {
        if (datasets == null) {
            datasets = DatasetStore.open(folder.resolve("datasets"));
        }
        return datasets;
    }

    /** What people said about rows; opened when first asked for. */
    public synchronized LabelStore labels() {
        if (labels == null) {
            labels = LabelStore.open(folder.resolve(LabelStore.FILE));
        }
        return labels;
    }

    /** The step threshold that later runs begin with, where somebody chose one; makes no file. */
    public Optional<StepThreshold> stepThreshold() {
        return Files.exists(folder.resolve(LabelStore.FILE)) ? labels().stepThreshold() : Optional.empty();
    }

    public RunStore runs() {
        return runs;
    }

    /** Complete checkpoints, one folder per run. */
    public Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /** Reports, tables and pictures made from this project. */
    public Path exports() {
        return folder.resolve("exports");
    }

    /** Safe to delete. */
    public Path cache() {
        return folder.resolve("cache");
    }

    @Override
    public synchronized void close() {
        if (datasets != null) {
            datasets.close();
        }
        if (labels != null) {
            labels.close();
        }
        runs.close();
    }
}
