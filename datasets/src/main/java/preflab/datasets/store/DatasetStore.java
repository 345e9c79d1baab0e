package preflab.datasets.store;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.importer.Progress;

/**
 * The datasets of a project: {@code NAME/v0001.db}, {@code NAME/v0002.db}, … in one folder. Each file is immutable and
 * describes itself, so the folder listing is the catalogue. Versions are written aside and put in place in one move:
 * whoever cancels or crashes leaves nothing visible. Safe for several threads and processes.
 */
public final class DatasetStore implements AutoCloseable {

    private DatasetStore() {
    }

    /** Opens (and creates where missing) the folder that holds the datasets. */
    public static DatasetStore open(Path datasetsFolder) {
        return soon(null);
    }

    /**
     * Imports a file as the next version of a dataset.
     *
     * @throws preflab.datasets.example.DatasetException
     *             when the name, the file, the format or the mapping cannot be used, or no row can
     * @throws java.util.concurrent.CancellationException
     *             when the progress said so
     */
    public Imported importFile(Path file, ImportRequest request, Progress progress) {
        return soon(null);
    }

    /** Adds rows made by a program as the next version of a dataset; ids are given anew, from 0. */
    public DatasetVersionId add(String name, Kind kind, Iterator<? extends PreferenceExample> rows,
            String provenance) {
        return soon(null);
    }

    /** Every version of every dataset, by name and version. */
    public List<DatasetInfo> list() {
        return soon(null);
    }

    /** The rows of a version; the same view for the same version while the store is open. */
    public StoredView view(DatasetVersionId id) {
        return soon(null);
    }

    /** {@code NAME} (its newest version) or {@code NAME@3}. */
    public DatasetVersionId resolve(String nameOrNameAtVersion) {
        return soon(null);
    }

    /** What the catalogue says about a version. */
    public DatasetInfo info(DatasetVersionId id) {
        return soon(null);
    }

    /** Closes every view. */
    @Override
    public void close() {
        soon(null);
    }

    private static <T> T soon(T value) {
        if (value == null) {
            throw new UnsupportedOperationException("soon");
        }
        return value;
    }
}
