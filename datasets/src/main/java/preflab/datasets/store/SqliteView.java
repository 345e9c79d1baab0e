package preflab.datasets.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;
import preflab.datasets.importer.Progress;

/** Reads one version file through one connection; a lock makes it safe for several threads. */
final class SqliteView implements StoredView, AutoCloseable {

    private static final int READ_AHEAD = 32;
    private static final String SELECT = "SELECT id, payload, file, row, side FROM rows ";
    private final Path file;
    private final DatasetInfo info;
    private final Connection connection;
    private final PreparedStatement range;
    private final Map<Integer, String> files = new HashMap<>();
    private final RowCache cache = new RowCache();
    private final RowFinder finder;
    private final Map<SplitPlan, Split> splits = new ConcurrentHashMap<>();
    /** The row that comes next if somebody reads row after row. */
    private int expected;

    SqliteView(Path file, DatasetInfo info) {
        this.file = file;
        this.info = info;
        this.connection = Sqlite.openReadOnly(file);
        try {
            readFiles();
            finder = new RowFinder(Sqlite.openReadOnly(file), info.kind());
            range = connection.prepareStatement(SELECT + "WHERE id >= ? AND id < ? ORDER BY id");
        } catch (SQLException e) {
            Sqlite.closeQuietly(connection);
            throw cannotRead(e);
        }
    }

    @Override
    public DatasetVersionId version() {
        return info.id();
    }

    @Override
    public Kind kind() {
        return info.kind();
    }

    @Override
    public int size() {
        return info.rows();
    }

    @Override
    public synchronized PreferenceExample get(int index) {
        Objects.checkIndex(index, size());
        PreferenceExample cached = cache.get(index);
        if (cached != null) {
            return cached;
        }
        List<PreferenceExample> found = page(index, index == expected ? READ_AHEAD : 1);
        expected = index + found.size();
        if (found.isEmpty()) {
            throw new DatasetException(Code.STORAGE, file + " is damaged: row " + index + " is missing");
        }
        return found.getFirst();
    }

    @Override
    public synchronized List<PreferenceExample> page(int offset, int limit) {
        checkWindow(offset, limit);
        try {
            range.setLong(1, offset);
            range.setLong(2, (long) offset + limit);
            return read(range);
        } catch (SQLException e) {
            throw cannotRead(e);
        }
    }

    @Override
    public List<PreferenceExample> search(String query, int offset, int limit) {
        checkWindow(offset, limit);
        return query.isEmpty()
                ? page(offset, limit)
                : find(RowQuery.ALL.withText(query), Progress.NONE).page(offset, limit);
    }

    @Override
    public synchronized List<PreferenceExample> rows(int... ids) {
        List<PreferenceExample> rows = new ArrayList<>(ids.length);
        for (int id : ids) {
            rows.add(get(id));
        }
        return rows;
    }

    @Override
    public FoundRows find(RowQuery query, Progress progress) {
        try {
            int[] ids = finder.find(query, size(), progress);
            for (RowFilter filter : query.filters()) {
                if (filter instanceof RowFilter.InPart part) {
                    BitSet wanted = split(part.plan()).part(part.part());
                    ids = Arrays.stream(ids).filter(wanted::get).toArray();
                }
            }
            return new FoundRows(this, ids);
        } catch (SQLException e) {
            throw cannotRead(e);
        }
    }

    @Override
    public List<String> files() {
        return files.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(Map.Entry::getValue).toList();
    }

    @Override
    public Split split(SplitPlan plan) {
        return splits.computeIfAbsent(plan,
                p -> Splits.byPrompt(this, p.validation(), p.test(), p.seed()));
    }

    @Override
    public synchronized void close() {
        finder.close();
        Sqlite.closeQuietly(connection);
    }

    /** 64 bits for every row's JSON, in row order. */
    synchronized long[] payloadHashes() {
        long[] hashes = new long[size()];
        MessageDigest sha256 = VersionWriter.sha256();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, payload FROM rows")) {
            while (rows.next()) {
                hashes[rows.getInt(1)] = ByteBuffer.wrap(sha256.digest(rows.getBytes(2))).getLong();
            }
            return hashes;
        } catch (SQLException e) {
            throw cannotRead(e);
        }
    }

    private List<PreferenceExample> read(PreparedStatement statement) throws SQLException {
        List<PreferenceExample> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(row(result));
            }
        }
        return rows;
    }

    private PreferenceExample row(ResultSet result) throws SQLException {
        byte[] payload = result.getBytes(2);
        String side = result.getString(5);
        Source source = new Source(files.getOrDefault(result.getInt(3), ""), result.getLong(4),
                side == null ? Map.of() : ExampleJson.decodeSide(side));
        ExampleId id = new ExampleId(result.getInt(1));
        PreferenceExample row = ExampleJson.decode(kind(), payload, id, source);
        cache.put(id.index(), row, payload.length);
        return row;
    }

    private void readFiles() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery("SELECT id, name FROM files")) {
            while (names.next()) {
                files.put(names.getInt(1), names.getString(2));
            }
        }
    }

    private static void checkWindow(int offset, int limit) {
        if (offset < 0 || limit < 0) {
            throw new IllegalArgumentException("offset and limit must not be negative: " + offset + ", " + limit);
        }
    }

    private DatasetException cannotRead(Exception e) {
        return new DatasetException(Code.STORAGE, file + " cannot be read: " + e.getMessage(), e);
    }
}
