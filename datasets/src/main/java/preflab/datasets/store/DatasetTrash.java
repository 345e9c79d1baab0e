package preflab.datasets.store;

import java.util.ArrayList;
import java.util.List;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.DatasetVersionId;

/**
 * Versions that were deleted and can come back. They keep their number: no new version takes it. Their files move within
 * one disk, so deleting and restoring take no time whatever their size.
 */
public final class DatasetTrash {

    private final DatasetStore store;
    private final VersionFolder folder;
    private final VersionFolder trash;

    DatasetTrash(DatasetStore store, VersionFolder folder) {
        this.store = store;
        this.folder = folder;
        this.trash = folder.trash();
    }

    /** What lies in the trash, by name and version. */
    public List<DatasetInfo> list() {
        return store.infos(trash);
    }

    /**
     * Moves a version into the trash. Its view is closed.
     *
     * @throws DatasetException
     *             NOT_FOUND when it is not there, STORAGE when the disk refuses
     */
    public void put(DatasetVersionId id) {
        store.info(id);
        store.forget(id);
        if (!folder.move(id.dataset(), id.version(), trash)) {
            throw new DatasetException(Code.STORAGE, id.display() + " lies in the trash already");
        }
    }

    /**
     * Brings a version back under its name and number.
     *
     * @throws DatasetException
     *             NOT_FOUND when it is not in the trash, BAD_NAME when a dataset has come that differs from it in
     *             capitals only
     */
    public void restore(DatasetVersionId id) {
        check(id);
        folder.refuseNearlyEqual(id.dataset());
        if (!trash.move(id.dataset(), id.version(), folder)) {
            throw new DatasetException(Code.STORAGE, id.display() + " is there already; nothing was replaced");
        }
    }

    /** Deletes a version in the trash for good. */
    public void purge(DatasetVersionId id) {
        check(id);
        trash.delete(id.dataset(), id.version());
    }

    /**
     * {@code NAME@3}, or {@code NAME} for its newest version in the trash.
     *
     * @throws DatasetException
     *             NOT_FOUND, saying what lies there
     */
    public DatasetVersionId resolve(String nameOrNameAtVersion) {
        List<DatasetVersionId> there = new ArrayList<>(list().stream().map(DatasetInfo::id).toList());
        return there.reversed().stream()
                .filter(id -> nameOrNameAtVersion.equals(id.dataset())
                        || nameOrNameAtVersion.equals(id.dataset() + "@" + id.version()))
                .findFirst().orElseThrow(() -> new DatasetException(Code.NOT_FOUND, "'" + nameOrNameAtVersion
                        + "' is not in the trash; there "
                        + (there.isEmpty()
                                ? "is nothing"
                                : "lies " + String.join(", ",
                                        there.stream().map(id -> id.dataset() + "@" + id.version()).toList()))));
    }

    private void check(DatasetVersionId id) {
        if (list().stream().noneMatch(info -> info.id().equals(id))) {
            throw new DatasetException(Code.NOT_FOUND, id.display() + " is not in the trash");
        }
    }
}
