package preflab.datasets.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;

/** The layout of the file of one dataset version. */
final class VersionFile {

    /** {@code PRAGMA application_id}: the letters PFLD, so that the file tool and this program know the file. */
    static final int APPLICATION_ID = 0x50464C44;
    /** {@code PRAGMA user_version}: the layout below. */
    static final int LAYOUT = 2;
    /** The layout that brought the table {@code facts}. */
    static final int FACTS_SINCE = 2;

    /** {@code payload} is {@link ExampleJson}; {@code side} holds the columns that have no field of their own. */
    static final String[] TABLES = {"CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
            "CREATE TABLE files (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
            "CREATE TABLE rows (id INTEGER PRIMARY KEY, payload TEXT NOT NULL,"
                    + " file INTEGER NOT NULL REFERENCES files(id), row INTEGER NOT NULL, side TEXT)",
            "CREATE TABLE facts (" + RowFacts.COLUMNS + ")"};

    private VersionFile() {
    }

    /** Reads what the file says about itself. */
    static DatasetInfo info(Path file) {
        try (Connection connection = Sqlite.openReadOnly(file)) {
            return info(connection, file);
        } catch (SQLException e) {
            throw damaged(file, e);
        }
    }

    /** Where the rows come from. */
    static Origin origin(Path file) {
        try (Connection connection = Sqlite.openReadOnly(file)) {
            Map<String, String> meta = meta(connection);
            return OriginJson.decode(meta.getOrDefault("provenance", ""), meta.get("origin"));
        } catch (SQLException | IllegalArgumentException e) {
            throw damaged(file, e);
        }
    }

    private static DatasetInfo info(Connection connection, Path file) throws SQLException {
        if (number(connection, "PRAGMA application_id") != APPLICATION_ID) {
            throw new DatasetException(Code.STORAGE, file + " is not a dataset of this program");
        }
        Sqlite.refuseNewer(file, Sqlite.version(connection), LAYOUT);
        Map<String, String> meta = meta(connection);
        try {
            Kind kind = Kind.of(meta.get("kind")).orElseThrow();
            DatasetVersionId id = new DatasetVersionId(meta.get("name"), Integer.parseInt(meta.get("version")),
                    meta.get("sha256"));
            return new DatasetInfo(id, kind, Integer.parseInt(meta.get("rows")), Instant.parse(meta.get("created")),
                    meta.getOrDefault("provenance", ""));
        } catch (RuntimeException e) {
            throw damaged(file, e);
        }
    }

    private static Map<String, String> meta(Connection connection) throws SQLException {
        Map<String, String> meta = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT key, value FROM meta")) {
            while (rows.next()) {
                meta.put(rows.getString(1), rows.getString(2));
            }
        }
        return meta;
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getInt(1) : 0;
        }
    }

    private static DatasetException damaged(Path file, Exception e) {
        return new DatasetException(Code.STORAGE, file + " is damaged: " + e.getMessage(), e);
    }
}
