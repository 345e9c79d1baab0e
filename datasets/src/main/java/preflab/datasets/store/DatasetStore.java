package preflab.datasets.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.importer.ImportPlan;
import preflab.datasets.importer.ImportReport;
import preflab.datasets.importer.Importers;
import preflab.datasets.importer.Problem;
import preflab.datasets.importer.Progress;

/**
 * The datasets of a project: {@code NAME/v0001.db}, {@code NAME/v0002.db}, … in one folder. Each file is immutable and
 * describes itself, so the folder listing is the catalogue. Versions are written aside and put in place in one move:
 * whoever cancels or crashes leaves nothing visible. Safe for several threads and processes.
 */
public final class DatasetStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatasetStore.class);

    private final VersionFolder folder;
    private final Map<Path, SqliteView> views = new ConcurrentHashMap<>();
    private final Map<Path, DatasetInfo> infos = new ConcurrentHashMap<>();

    private DatasetStore(VersionFolder folder) {
        this.folder = folder;
    }

    /** Opens (and creates where missing) the folder that holds the datasets. */
    public static DatasetStore open(Path datasetsFolder) {
        return new DatasetStore(VersionFolder.open(datasetsFolder));
    }

    /**
     * Imports a file as the next version of a dataset.
     *
     * @param progress
     *            hears bytes of the file, and may cancel
     * @throws DatasetException
     *             when the name, the file, the format or the mapping cannot be used, or no row can
     * @throws CancellationException
     *             when the progress said so
     */
    public Imported importFile(Path file, ImportRequest request, Progress progress) {
        DatasetName.check(request.name());
        folder.refuseNearlyEqual(request.name());
        ImportPlan plan = Importers.plan(file, request.hints());
        Path aside = folder.aside(request.name());
        try (VersionWriter writer = new VersionWriter(aside, plan.kind())) {
            ImportReport report = plan.read(writer::add, progress);
            if (report.accepted() == 0) {
                throw new DatasetException(Code.NO_ROWS, noRows(file, report));
            }
            String provenance = "imported from " + file.getFileName() + " as " + report.format() + ": "
                    + report.accepted() + " rows accepted, " + report.rejected() + " rejected";
            Origin origin = new Origin(provenance, "import", List.of(), Map.of("file",
                    String.valueOf(file.getFileName()), "format", report.format(), "sha256", report.fileSha256()));
            return new Imported(publish(request.name(), writer, aside, origin), report);
        } finally {
            folder.removeIfEmpty(request.name());
        }
    }

    /** {@link #add(String, Kind, Iterator, Origin, Progress)} of which only words are known and that nobody cancels. */
    public DatasetVersionId add(String name, Kind kind, Iterator<? extends PreferenceExample> rows,
            String provenance) {
        return add(name, kind, rows, Origin.of(provenance), Progress.NONE);
    }

    /**
     * Adds rows made by a program as the next version of a dataset; ids are given anew, from 0.
     *
     * @param progress
     *            may cancel; what it hears is up to the rows
     * @throws DatasetException
     *             BAD_NAME, or NO_ROWS when there are none
     * @throws CancellationException
     *             when the progress said so; nothing is left behind then
     */
    public DatasetVersionId add(String name, Kind kind, Iterator<? extends PreferenceExample> rows, Origin origin,
            Progress progress) {
        DatasetName.check(name);
        folder.refuseNearlyEqual(name);
        Path aside = folder.aside(name);
        try (VersionWriter writer = new VersionWriter(aside, kind)) {
            while (rows.hasNext()) {
                if (progress.cancelled()) {
                    throw new CancellationException("making " + name + " was cancelled");
                }
                writer.add(rows.next());
            }
            if (writer.rows() == 0) {
                throw new DatasetException(Code.NO_ROWS, "the dataset " + name + " would have no rows");
            }
            return publish(name, writer, aside, origin);
        } finally {
            folder.removeIfEmpty(name);
        }
    }

    /** Every version of every dataset, by name and version. Files that cannot be read are left out and logged. */
    public List<DatasetInfo> list() {
        return infos(folder);
    }

    /** Versions that were deleted. */
    public DatasetTrash trash() {
        return new DatasetTrash(this, folder);
    }

    /** Where the rows of a version come from. */
    public Origin origin(DatasetVersionId id) {
        info(id);
        return VersionFile.origin(folder.file(id.dataset(), id.version()));
    }

    /** What became of the rows of one version in another; of the same dataset or not. Takes seconds for a million. */
    public VersionDifference difference(DatasetVersionId from, DatasetVersionId to) {
        return RowMatcher.difference(open(from), open(to));
    }

    List<DatasetInfo> infos(VersionFolder where) {
        List<DatasetInfo> found = new ArrayList<>();
        for (String name : where.names()) {
            for (int version : where.versions(name)) {
                Path file = where.file(name, version);
                try {
                    found.add(info(file));
                } catch (DatasetException e) {
                    LOG.warn("{} is left out: {}", file, e.getMessage());
                }
            }
        }
        return found;
    }

    /** Closes the view of a version and knows nothing of it any more. */
    void forget(DatasetVersionId id) {
        Path file = folder.file(id.dataset(), id.version());
        infos.remove(file);
        SqliteView view = views.remove(file);
        if (view != null) {
            view.close();
        }
    }

    /**
     * The rows of a version; the same view for the same version while the store is open.
     *
     * @throws DatasetException
     *             NOT_FOUND when it is not here, or here with other rows
     */
    public StoredView view(DatasetVersionId id) {
        return open(id);
    }

    private SqliteView open(DatasetVersionId id) {
        DatasetInfo info = info(id);
        Path file = folder.file(id.dataset(), id.version());
        return views.computeIfAbsent(file, f -> new SqliteView(f, info));
    }

    /**
     * {@code NAME} (its newest version) or {@code NAME@3}.
     *
     * @throws DatasetException
     *             NOT_FOUND, saying what there is
     */
    public DatasetVersionId resolve(String nameOrNameAtVersion) {
        int at = nameOrNameAtVersion.lastIndexOf('@');
        String name = DatasetName.check(at < 0 ? nameOrNameAtVersion : nameOrNameAtVersion.substring(0, at));
        List<Integer> versions = folder.versions(name);
        if (versions.isEmpty()) {
            throw new DatasetException(Code.NOT_FOUND, "there is no dataset '" + name + "' here; there is "
                    + (folder.names().isEmpty() ? "none yet" : String.join(", ", folder.names())));
        }
        int version = at < 0 ? versions.getLast() : versionNumber(nameOrNameAtVersion, at);
        if (!versions.contains(version)) {
            boolean deleted = folder.trash().versions(name).contains(version);
            throw new DatasetException(Code.NOT_FOUND, "dataset '" + name + "' has no version " + version + "; it has "
                    + versions.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + (deleted ? " (that one lies in the trash)" : ""));
        }
        return info(folder.file(name, version)).id();
    }

    /** What the catalogue says about a version. */
    public DatasetInfo info(DatasetVersionId id) {
        DatasetName.check(id.dataset());
        DatasetInfo info = info(folder.file(id.dataset(), id.version()));
        if (!info.id().equals(id)) {
            throw new DatasetException(Code.NOT_FOUND,
                    id.display() + " is here with other rows (hash " + info.id().sha256() + ")");
        }
        return info;
    }

    /** Closes every view. */
    @Override
    public void close() {
        views.values().forEach(SqliteView::close);
        views.clear();
    }

    private DatasetInfo info(Path file) {
        return infos.computeIfAbsent(file, VersionFile::info);
    }

    private DatasetVersionId publish(String name, VersionWriter writer, Path aside, Origin origin) {
        int expected = folder.nextVersion(name);
        Map<String, String> meta = new HashMap<>();
        meta.put("provenance", origin.text());
        meta.put("origin", OriginJson.encode(origin));
        meta.put("name", name);
        meta.put("version", Integer.toString(expected));
        meta.put("created", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        String sha256 = writer.finish(meta);
        try {
            return new DatasetVersionId(name, folder.publish(name, aside, expected), sha256);
        } finally {
            deleteAside(aside);
        }
    }

    private static void deleteAside(Path aside) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            LOG.warn("{} stays behind: {}", aside, e.getMessage());
        }
    }

    private static int versionNumber(String text, int at) {
        try {
            return Integer.parseInt(text.substring(at + 1));
        } catch (NumberFormatException e) {
            throw new DatasetException(Code.NOT_FOUND,
                    "'" + text + "' names no version: NAME, or NAME@3 for version 3", e);
        }
    }

    private static String noRows(Path file, ImportReport report) {
        String first = report.problems().isEmpty() ? "it has none" : first(report.problems().getFirst());
        return "no row of " + file.getFileName() + " can be used as " + report.kind().id() + " data; "
                + report.rejected() + " rejected; " + first;
    }

    private static String first(Problem problem) {
        return "the first: row " + problem.row() + ", " + problem.field() + ": " + problem.problem();
    }
}
