package preflab.datasets.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;

/** Reads one version file through one connection; a lock makes it safe for several threads. */
final class SqliteView implements StoredView, AutoCloseable {

    private static final int READ_AHEAD = 32;
    private static final String SELECT = "SELECT id, payload, file, row, side FROM rows ";
    /** Like matches quickly in the JSON, then the walk through its texts makes sure it was no key or escape. */
    private static final String SEARCH = SELECT + """
            WHERE payload LIKE ?1 ESCAPE '!' AND EXISTS (
              SELECT 1 FROM json_tree(rows.payload) AS part
              WHERE part.type = 'text' AND part.key IS NOT 'role' AND part.atom LIKE ?2 ESCAPE '!')
            ORDER BY id LIMIT ?3 OFFSET ?4""";

    private final Path file;
    private final DatasetInfo info;
    private final Connection connection;
    private final PreparedStatement range;
    private final Map<Integer, String> files = new HashMap<>();
    private final RowCache cache = new RowCache();
    /** The row that comes next if somebody reads row after row. */
    private int expected;

    SqliteView(Path file, DatasetInfo info) {
        this.file = file;
        this.info = info;
        this.connection = Sqlite.openReadOnly(file);
        try {
            readFiles();
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
        } catch (SQLException | IOException e) {
            throw cannotRead(e);
        }
    }

    @Override
    public synchronized List<PreferenceExample> search(String query, int offset, int limit) {
        checkWindow(offset, limit);
        if (query.isEmpty()) {
            return page(offset, limit);
        }
        try (PreparedStatement search = connection.prepareStatement(SEARCH)) {
            String quoted = ExampleJson.quoted(query);
            search.setString(1, like(quoted.substring(1, quoted.length() - 1)));
            search.setString(2, like(query));
            search.setInt(3, limit);
            search.setInt(4, offset);
            return read(search);
        } catch (SQLException | IOException e) {
            throw cannotRead(e);
        }
    }

    @Override
    public synchronized void close() {
        Sqlite.closeQuietly(connection);
    }

    private List<PreferenceExample> read(PreparedStatement statement) throws SQLException, IOException {
        List<PreferenceExample> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(row(result));
            }
        }
        return rows;
    }

    private PreferenceExample row(ResultSet result) throws SQLException, IOException {
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

    private static String like(String text) {
        return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    private DatasetException cannotRead(Exception e) {
        return new DatasetException(Code.STORAGE, file + " cannot be read: " + e.getMessage(), e);
    }
}
