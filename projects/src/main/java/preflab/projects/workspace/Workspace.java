package preflab.projects.workspace;

import preflab.projects.store.Pending;
import java.nio.file.Path;
import preflab.projects.store.RunStore;

/** One project: a folder {@code NAME.preflab/} that can be moved. Safe for several threads and processes. */
public final class Workspace implements AutoCloseable {

    /** What project folders' names end with. */
    public static final String SUFFIX = ".preflab";

    /** Makes a project in a folder that does not exist yet or is empty. */
    public static Workspace create(Path folder) {
        return Pending.value();
    }

    /** Opens the project in this folder. */
    public static Workspace open(Path folder) {
        return Pending.value();
    }

    /** Opens the project in this folder, or makes one there. */
    public static Workspace openOrCreate(Path folder) {
        return Pending.value();
    }

    /** Whether the folder holds a project. */
    public static boolean isProject(Path folder) {
        return Pending.value();
    }

    /** The folder's name without {@link #SUFFIX}. */
    public String name() {
        return Pending.value();
    }

    /** Absolute. */
    public Path folder() {
        return Pending.value();
    }

    // datasets() -> datasets.store.DatasetStore follows with that class

    public RunStore runs() {
        return Pending.value();
    }

    /** Complete checkpoints, {@code checkpoints/run-ID/step-N/}. */
    public Path checkpoints() {
        return Pending.value();
    }

    /** Reports, tables and pictures made from this project. */
    public Path exports() {
        return Pending.value();
    }

    /** Safe to delete. */
    public Path cache() {
        return Pending.value();
    }

    @Override
    public void close() {
    }
}
