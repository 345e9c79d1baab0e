package preflab.datasets.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.label.Author;
import preflab.datasets.label.Item;
import preflab.datasets.label.LabelEvent;
import preflab.datasets.label.LabelEvent.Act;
import preflab.datasets.label.LabelLog;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.Suggestion;

/**
 * The file {@code labels.db} of a project: events that are only ever added (the database itself refuses to change or
 * delete one), and suggestions, which are replaced. Safe for several threads and processes.
 */
public final class LabelStore implements LabelLog, AutoCloseable {

    /** The file's name in a project. */
    public static final String FILE = "labels.db";

    private static final List<Sqlite.Migration> MIGRATIONS = List.of(Sqlite.Migration.of(
            "CREATE TABLE events (number INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL,"
                    + " author TEXT NOT NULL, adjudicator INTEGER NOT NULL, dataset TEXT NOT NULL,"
                    + " version INTEGER NOT NULL, sha256 TEXT NOT NULL, task TEXT NOT NULL, row INTEGER NOT NULL,"
                    + " pass INTEGER NOT NULL, act TEXT NOT NULL, label TEXT NOT NULL)",
            "CREATE INDEX events_of ON events (dataset, version, task, number)",
            "CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events stay'); END",
            "CREATE TRIGGER events_are_kept BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events stay'); END",
            "CREATE TABLE suggestions (dataset TEXT NOT NULL, version INTEGER NOT NULL, row INTEGER NOT NULL,"
                    + " step INTEGER NOT NULL, probability REAL NOT NULL, source TEXT NOT NULL,"
                    + " PRIMARY KEY (dataset, version, row, step)) WITHOUT ROWID"),
            Sqlite.Migration.of(
                    "CREATE TABLE settings (name TEXT PRIMARY KEY, value REAL NOT NULL) WITHOUT ROWID"));

    private static final String THRESHOLD = "step_threshold";
    private static final String INSERT = "INSERT INTO events (time, author, adjudicator, dataset, version, sha256,"
            + " task, row, pass, act, label) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Path file;
    private final Connection connection;

    private LabelStore(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Opens the file, making it where there is none. */
    public static LabelStore open(Path file) {
        Connection connection = Sqlite.open(file);
        try {
            Sqlite.migrate(connection, file, MIGRATIONS);
            // decision: a verdict is a person's work, so every commit waits for the disk, unlike elsewhere (NORMAL)
            Sqlite.execute(connection, "PRAGMA synchronous = FULL");
            return new LabelStore(file, connection);
        } catch (SQLException | RuntimeException e) {
            Sqlite.closeQuietly(connection);
            throw e instanceof DatasetException known
                    ? known
                    : new DatasetException(Code.STORAGE, file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized LabelEvent append(LabelEvent event) {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, event.time().toString());
            insert.setString(2, event.author().name());
            insert.setBoolean(3, event.author().adjudicator());
            insert.setString(4, event.version().dataset());
            insert.setInt(5, event.version().version());
            insert.setString(6, event.version().sha256());
            insert.setString(7, event.task().id());
            insert.setInt(8, event.item().row());
            insert.setInt(9, event.item().pass());
            insert.setString(10, event.act().name());
            insert.setString(11, LabelJson.encode(event.label()));
            insert.executeUpdate();
            try (ResultSet key = insert.getGeneratedKeys()) {
                return event.numbered(key.next() ? key.getLong(1) : 0);
            }
        } catch (SQLException e) {
            throw failed("be written", e);
        }
    }

    @Override
    public synchronized void replay(DatasetVersionId version, LabelTask task, Consumer<LabelEvent> sink) {
        try (PreparedStatement select = connection.prepareStatement("SELECT number, time, author, adjudicator, row,"
                + " pass, act, label FROM events WHERE dataset = ? AND version = ? AND task = ? ORDER BY number")) {
            select.setString(1, version.dataset());
            select.setInt(2, version.version());
            select.setString(3, task.id());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sink.accept(event(rows, version, task));
                }
            }
        } catch (SQLException e) {
            throw failed("be read", e);
        }
    }

    /** When something was last said about this version; empty where nobody has. */
    public synchronized Optional<Instant> lastSaid(DatasetVersionId version, LabelTask task) {
        try (PreparedStatement select = connection.prepareStatement("SELECT time FROM events WHERE dataset = ?"
                + " AND version = ? AND task = ? ORDER BY number DESC LIMIT 1")) {
            select.setString(1, version.dataset());
            select.setInt(2, version.version());
            select.setString(3, task.id());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(Instant.parse(rows.getString(1))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw failed("be read", e);
        }
    }

    /** The tasks this version has events for. */
    public synchronized List<LabelTask> tasks(DatasetVersionId version) {
        try (PreparedStatement select = connection
                .prepareStatement("SELECT DISTINCT task FROM events WHERE dataset = ? AND version = ? ORDER BY task")) {
            select.setString(1, version.dataset());
            select.setInt(2, version.version());
            List<LabelTask> tasks = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    LabelTask.of(rows.getString(1)).ifPresent(tasks::add);
                }
            }
            return tasks;
        } catch (SQLException e) {
            throw failed("be read", e);
        }
    }

    @Override
    public synchronized List<Suggestion> suggestions(DatasetVersionId version) {
        try (PreparedStatement select = connection.prepareStatement("SELECT row, step, probability, source"
                + " FROM suggestions WHERE dataset = ? AND version = ? ORDER BY row, step")) {
            select.setString(1, version.dataset());
            select.setInt(2, version.version());
            List<Suggestion> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(
                            new Suggestion(rows.getInt(1), rows.getInt(2), rows.getDouble(3), rows.getString(4)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw failed("be read", e);
        }
    }

    /** Replaces what is suggested for this version, in one transaction. */
    public synchronized void suggest(DatasetVersionId version, List<Suggestion> suggestions) {
        try {
            Sqlite.transaction(connection, c -> {
                try (PreparedStatement delete = c
                        .prepareStatement("DELETE FROM suggestions WHERE dataset = ? AND version = ?")) {
                    delete.setString(1, version.dataset());
                    delete.setInt(2, version.version());
                    delete.executeUpdate();
                }
                insert(c, version, suggestions);
                return suggestions.size();
            });
        } catch (SQLException e) {
            throw failed("be written", e);
        }
    }

    private static void insert(Connection connection, DatasetVersionId version, List<Suggestion> suggestions)
            throws SQLException {
        try (PreparedStatement insert = connection
                .prepareStatement("INSERT INTO suggestions VALUES (?, ?, ?, ?, ?, ?)")) {
            for (Suggestion suggestion : suggestions) {
                insert.setString(1, version.dataset());
                insert.setInt(2, version.version());
                insert.setInt(3, suggestion.row());
                insert.setInt(4, suggestion.step());
                insert.setDouble(5, suggestion.probability());
                insert.setString(6, suggestion.source());
                insert.executeUpdate();
            }
        }
    }

    /** The step threshold that later runs of this project begin with, where somebody chose one. */
    public synchronized Optional<StepThreshold> stepThreshold() {
        try (PreparedStatement select = connection.prepareStatement("SELECT value FROM settings WHERE name = ?")) {
            select.setString(1, THRESHOLD);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(new StepThreshold(rows.getDouble(1))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw failed("be read", e);
        }
    }

    /** Chooses the step threshold that later runs of this project begin with; no data changes. */
    public synchronized void chooseStepThreshold(StepThreshold threshold) {
        try (PreparedStatement insert = connection.prepareStatement("INSERT OR REPLACE INTO settings VALUES (?, ?)")) {
            insert.setString(1, THRESHOLD);
            insert.setDouble(2, threshold.threshold());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw failed("be written", e);
        }
    }

    @Override
    public synchronized void close() {
        Sqlite.closeQuietly(connection);
    }

    private static LabelEvent event(ResultSet rows, DatasetVersionId version, LabelTask task) throws SQLException {
        return new LabelEvent(rows.getLong(1), Instant.parse(rows.getString(2)),
                new Author(rows.getString(3), rows.getBoolean(4)), version, task,
                new Item(rows.getInt(5), rows.getInt(6)), Act.valueOf(rows.getString(7)),
                LabelJson.decode(rows.getString(8)));
    }

    private DatasetException failed(String what, SQLException e) {
        return new DatasetException(Code.STORAGE, file + " cannot " + what + ": " + e.getMessage(), e);
    }
}
