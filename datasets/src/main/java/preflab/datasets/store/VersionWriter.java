package preflab.datasets.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.LockingMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;

/**
 * Writes one version file aside: a single transaction without journal or syncs, since nobody sees the file before it
 * is whole, and one sync at the end. Rows are encoded by the caller's thread and stored by another. Closing without
 * {@link #finish} removes it.
 */
final class VersionWriter implements AutoCloseable {

    private static final String INSERT = "INSERT INTO rows VALUES (?, CAST(? AS TEXT), ?, ?, ?)";

    /** A row ready to be stored; never compared. */
    @SuppressWarnings("ArrayRecordComponent") // a million payloads, each handed over once
    private record Encoded(int id, byte[] payload, Source source, RowFacts facts) {
    }

    private final Path file;
    private final Kind kind;
    private final MessageDigest digest;
    private final Map<String, Integer> files = new HashMap<>();
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement insertFacts;
    private final RowQueue<Encoded> queue = new RowQueue<>(this::store);
    private int rows;
    private boolean finished;

    VersionWriter(Path file, Kind kind) {
        this.file = file;
        this.kind = kind;
        this.digest = sha256();
        this.connection = Sqlite.connect(file, quick());
        try {
            Sqlite.execute(connection, "PRAGMA application_id = " + VersionFile.APPLICATION_ID);
            Sqlite.execute(connection, "PRAGMA user_version = " + VersionFile.LAYOUT);
            for (String table : VersionFile.TABLES) {
                Sqlite.execute(connection, table);
            }
            connection.setAutoCommit(false);
            insert = connection.prepareStatement(INSERT);
            insertFacts = connection.prepareStatement(RowFacts.INSERT);
        } catch (SQLException e) {
            queue.close();
            discard();
            throw cannotWrite(e);
        }
    }

    /** Adds a row under the next id. */
    void add(PreferenceExample example) {
        if (example.kind() != kind) {
            throw new IllegalArgumentException(
                    "a " + kind.id() + " dataset cannot hold a row of kind " + example.kind().id());
        }
        if (rows == Integer.MAX_VALUE) {
            throw new DatasetException(Code.STORAGE, "a dataset holds at most " + Integer.MAX_VALUE + " rows");
        }
        byte[] payload = ExampleJson.encode(example);
        queue.add(new Encoded(rows, payload, example.source(), RowFacts.of(example)), payload.length);
        rows++;
    }

    private void store(Encoded row) {
        digest.update(row.payload());
        digest.update((byte) '\n');
        try {
            insert(row);
            row.facts().write(insertFacts, row.id());
        } catch (SQLException | IOException e) {
            throw cannotWrite(e);
        }
    }

    int rows() {
        return rows;
    }

    /**
     * Writes what the file says about itself and brings it safely to disk.
     *
     * @return the hash over the rows
     */
    String finish(Map<String, String> meta) {
        queue.drain();
        String sha256 = HexFormat.of().formatHex(digest.digest());
        Map<String, String> all = new HashMap<>(meta);
        all.put("kind", kind.id());
        all.put("rows", Integer.toString(rows));
        all.put("sha256", sha256);
        try {
            writeMeta(all);
            insert.close();
            insertFacts.close();
            connection.commit();
            connection.close();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        } catch (SQLException | IOException e) {
            throw cannotWrite(e);
        }
        finished = true;
        return sha256;
    }

    /** Gives a finished file another version number: somebody else took the first one meanwhile. */
    static void renumber(Path file, int version) {
        try (Connection connection = Sqlite.connect(file, Sqlite.common());
                PreparedStatement update = connection.prepareStatement("UPDATE meta SET value = ? WHERE key = ?")) {
            update.setString(1, Integer.toString(version));
            update.setString(2, "version");
            update.executeUpdate();
        } catch (SQLException e) {
            throw new DatasetException(Code.STORAGE, file + " cannot be renumbered: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        queue.close();
        if (!finished) {
            discard();
        }
    }

    private void insert(Encoded row) throws SQLException, IOException {
        insert.setInt(1, row.id());
        insert.setBytes(2, row.payload());
        insert.setInt(3, fileId(row.source().file()));
        insert.setLong(4, row.source().row());
        Map<String, String> side = row.source().side();
        if (side.isEmpty()) {
            insert.setNull(5, java.sql.Types.VARCHAR);
        } else {
            insert.setString(5, ExampleJson.encodeSide(side));
        }
        insert.executeUpdate();
    }

    private int fileId(String name) throws SQLException {
        Integer known = files.get(name);
        if (known != null) {
            return known;
        }
        int id = files.size();
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO files VALUES (?, ?)")) {
            statement.setInt(1, id);
            statement.setString(2, name);
            statement.executeUpdate();
        }
        files.put(name, id);
        return id;
    }

    private void writeMeta(Map<String, String> meta) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO meta VALUES (?, ?)")) {
            for (Map.Entry<String, String> entry : meta.entrySet()) {
                statement.setString(1, entry.getKey());
                statement.setString(2, entry.getValue());
                statement.executeUpdate();
            }
        }
    }

    private void discard() {
        try {
            connection.close();
            Files.deleteIfExists(file);
        } catch (SQLException | IOException e) {
            org.slf4j.LoggerFactory.getLogger(VersionWriter.class).warn("{} stays behind: {}", file, e.getMessage());
        }
    }

    private DatasetException cannotWrite(Exception e) {
        return new DatasetException(Code.STORAGE, file + " cannot be written: " + e.getMessage(), e);
    }

    private static SQLiteConfig quick() {
        SQLiteConfig config = new SQLiteConfig();
        config.setPageSize(8192);
        config.setJournalMode(JournalMode.OFF);
        config.setSynchronous(SynchronousMode.OFF);
        config.setLockingMode(LockingMode.EXCLUSIVE);
        return config;
    }

    /** SHA-256; every Java platform has it. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
