package preflab.datasets.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;

/**
 * SQLite manners for every store: how connections are opened, how transactions begin, how schemas grow older and are
 * brought up to date. Connections stay in auto-commit mode; more than one statement belongs into
 * {@link #transaction}.
 */
public final class Sqlite {

    /** Milliseconds a writer waits for another process before it gives up. */
    static final int BUSY_TIMEOUT_MS = 10_000;

    /** File systems of other machines: their locks are not to be trusted with a shared write-ahead log. */
    private static final Set<String> REMOTE = Set.of("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs",
            "webdav", "davfs", "fuse.sshfs", "ncpfs");

    private Sqlite() {
    }

    /** Work inside a transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Brings a schema from one version to the next; runs inside a transaction. */
    @FunctionalInterface
    public interface Migration {
        void apply(Connection connection) throws SQLException;

        /** A migration of plain statements, run in order. */
        static Migration of(String... statements) {
            return connection -> {
                for (String sql : statements) {
                    execute(connection, sql);
                }
            };
        }
    }

    /**
     * Opens a database for reading and writing, creating it where there is none: write-ahead log, foreign keys on, a
     * busy timeout of 10 s, {@code synchronous=NORMAL} (a power cut may lose the last commits, never the file).
     *
     * @throws DatasetException
     *             STORAGE when the file is no database, cannot be written, or lies on a network folder
     */
    public static Connection open(Path file) {
        refuseRemote(file);
        SQLiteConfig config = common();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.NORMAL);
        Connection connection = connect(file, config);
        try {
            if (!"wal".equalsIgnoreCase(text(connection, "PRAGMA journal_mode"))) {
                throw new SQLException("the file system does not support a write-ahead log");
            }
            return connection;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw cannotOpen(file, e);
        }
    }

    /**
     * Opens a database that exists and is only to be read.
     *
     * @throws DatasetException
     *             NOT_FOUND when there is no such file, STORAGE when it is no database
     */
    public static Connection openReadOnly(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DatasetException(Code.NOT_FOUND, "there is no file " + file);
        }
        SQLiteConfig config = common();
        config.setReadOnly(true);
        return connect(file, config);
    }

    /**
     * Runs work in one transaction that takes the write lock at once ({@code BEGIN IMMEDIATE}), so it can neither be
     * refused half-way nor deadlock; any exception rolls back. Does not nest.
     */
    public static <T> T transaction(Connection connection, Work<T> work) throws SQLException {
        execute(connection, "BEGIN IMMEDIATE");
        boolean done = false;
        try {
            T result = work.run(connection);
            execute(connection, "COMMIT");
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBack(connection);
            }
        }
    }

    /**
     * Brings a schema up to date. {@code PRAGMA user_version} counts the migrations applied; before an older file is
     * changed it is copied to {@code FILE.vN.backup} beside it.
     *
     * @param migrations
     *            all of them in order; the first makes the schema of version 1 out of an empty file
     * @throws DatasetException
     *             NEWER_SCHEMA when the file has seen more migrations than there are here; nothing is changed then
     */
    public static void migrate(Connection connection, Path file, List<Migration> migrations) {
        try {
            int found = version(connection);
            refuseNewer(file, found, migrations.size());
            if (found == migrations.size()) {
                return;
            }
            if (found > 0) {
                backUp(connection, file, found);
            }
            transaction(connection, c -> applyFrom(c, file, migrations));
        } catch (SQLException | IOException e) {
            throw new DatasetException(Code.STORAGE, file + " cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    /** The schema version of an open database: {@code PRAGMA user_version}. */
    public static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA user_version")) {
            result.next();
            return result.getInt(1);
        }
    }

    /** Runs one statement without parameters and results. */
    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static void refuseNewer(Path file, int found, int known) {
        if (found > known) {
            throw new DatasetException(Code.NEWER_SCHEMA, file + " was written by a newer version of this program "
                    + "(its schema is " + found + ", this program knows up to " + known + "); please update");
        }
    }

    /**
     * Unpacks and loads the database's library, which would cost the first file that is opened a tenth of a second or two.
     *
     * @throws DatasetException
     *             STORAGE when that fails
     */
    public static void load() {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        } catch (SQLException e) {
            throw new DatasetException(Code.STORAGE, "the database's library cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** Opens with this configuration; the caller answers for file and folder. */
    static Connection connect(Path file, SQLiteConfig config) {
        try {
            // a file: URI, since the driver would cut a plain path at a question mark
            return DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri(), config.toProperties());
        } catch (SQLException e) {
            throw cannotOpen(file, e);
        }
    }

    static SQLiteConfig common() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.enforceForeignKeys(true);
        return config;
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new DatasetException(Code.STORAGE, "a database cannot be closed: " + e.getMessage(), e);
        }
    }

    private static Integer applyFrom(Connection connection, Path file, List<Migration> migrations)
            throws SQLException {
        int from = version(connection); // another process may have been faster
        refuseNewer(file, from, migrations.size());
        for (int i = from; i < migrations.size(); i++) {
            migrations.get(i).apply(connection);
        }
        execute(connection, "PRAGMA user_version = " + migrations.size());
        return migrations.size();
    }

    private static void backUp(Connection connection, Path file, int version) throws SQLException, IOException {
        Path backup = file.resolveSibling(file.getFileName() + ".v" + version + ".backup");
        Path aside = file.resolveSibling(backup.getFileName() + ".part");
        Files.deleteIfExists(aside);
        try (var copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, aside.toAbsolutePath().toString());
            copy.execute();
        }
        Files.move(aside, backup, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void rollBack(Connection connection) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back by itself (disk full, I/O error); the cause is already on its way
            org.slf4j.LoggerFactory.getLogger(Sqlite.class).debug("nothing to roll back: {}", e.getMessage());
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getString(1) : "";
        }
    }

    private static void refuseRemote(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            String type = Files.getFileStore(folder).type().toLowerCase(Locale.ROOT);
            if (REMOTE.contains(type)) {
                throw new DatasetException(Code.STORAGE, folder + " is a network folder (" + type
                        + "): databases there get damaged; choose a folder on a local disk");
            }
        } catch (IOException e) {
            throw new DatasetException(Code.STORAGE, "the folder " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static DatasetException cannotOpen(Path file, SQLException e) {
        return new DatasetException(Code.STORAGE, file + " cannot be opened as a database: " + e.getMessage(), e);
    }
}
