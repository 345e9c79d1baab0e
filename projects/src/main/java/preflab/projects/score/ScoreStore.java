package preflab.projects.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.store.Sqlite;
import preflab.engine.train.RowReading;
import preflab.engine.train.SideReading;
import preflab.projects.store.ProjectException;

/**
 * Readings in {@code cache/scores-1.db}, safe to delete; the number is the layout's. Each call opens and closes the file,
 * so that windows and commands may meet there.
 */
final class ScoreStore {

    private static final List<Sqlite.Migration> LAYOUT = List.of(Sqlite.Migration.of(
            "CREATE TABLE sets(id INTEGER PRIMARY KEY, source TEXT NOT NULL, dataset TEXT NOT NULL,"
                    + " stamp TEXT NOT NULL, without TEXT NOT NULL, rows INTEGER NOT NULL, UNIQUE(source, dataset))",
            "CREATE TABLE sides(set_id INTEGER NOT NULL REFERENCES sets(id) ON DELETE CASCADE, row INTEGER NOT NULL,"
                    + " side INTEGER NOT NULL, name TEXT NOT NULL, sum REAL, tokens INTEGER NOT NULL, pull REAL,"
                    + " reading BLOB NOT NULL, PRIMARY KEY(set_id, row, side))"));

    private final Path file;

    ScoreStore(Path cache) {
        this.file = cache.resolve("scores-1.db");
    }

    /**
     * What is kept for a source and a dataset version.
     *
     * @param stamp
     *            of the weights that were read
     * @param without
     *            why rows have no gradient; empty where they have
     * @param rows
     *            how many rows from the first on
     */
    record Kept(long id, String stamp, String without, int rows) {
    }

    private <T> T with(boolean write, T otherwise, Sqlite.Work<T> work) {
        try {
            if (!Files.exists(file) && !write) {
                return otherwise;
            }
            Files.createDirectories(file.getParent());
            try (Connection connection = Sqlite.open(file)) {
                Sqlite.migrate(connection, file, LAYOUT);
                return write ? Sqlite.transaction(connection, work) : work.run(connection);
            }
        } catch (SQLException | IOException | DatasetException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "the cache " + file
                    + " cannot be used: " + e.getMessage() + "; it may be deleted, scores are computed anew then", e);
        }
    }

    Optional<Kept> find(ScoreSource source, DatasetVersionId dataset) {
        return with(false, Optional.empty(), connection -> find(connection, source, dataset));
    }

    private static Optional<Kept> find(Connection connection, ScoreSource source, DatasetVersionId dataset)
            throws SQLException {
        try (PreparedStatement query = connection
                .prepareStatement("SELECT id, stamp, without, rows FROM sets WHERE source = ? AND dataset = ?")) {
            query.setString(1, source.id());
            query.setString(2, dataset.sha256());
            try (ResultSet found = query.executeQuery()) {
                return found.next()
                        ? Optional.of(new Kept(found.getLong(1), found.getString(2), found.getString(3),
                                found.getInt(4)))
                        : Optional.empty();
            }
        }
    }

    /** The entry to add rows to: the one that is kept, or a new one where there is none or the weights are others. */
    Kept begin(ScoreSource source, DatasetVersionId dataset, String stamp, String without) {
        return with(true, null, connection -> {
            Optional<Kept> kept = find(connection, source, dataset).filter(k -> k.stamp().equals(stamp));
            if (kept.isPresent()) {
                return kept.get();
            }
            try (PreparedStatement delete = connection
                    .prepareStatement("DELETE FROM sets WHERE source = ? AND dataset = ?");
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO sets(source, dataset, stamp, without, rows) VALUES(?, ?, ?, ?, 0)")) {
                delete.setString(1, source.id());
                delete.setString(2, dataset.sha256());
                delete.executeUpdate();
                insert.setString(1, source.id());
                insert.setString(2, dataset.sha256());
                insert.setString(3, stamp);
                insert.setString(4, without);
                insert.executeUpdate();
            }
            return find(connection, source, dataset).orElseThrow();
        });
    }

    /** Adds rows behind those that are there, or again; all or none. */
    void add(Kept kept, int from, List<RowReading> rows) {
        with(true, null, connection -> {
            try (PreparedStatement insert = connection
                    .prepareStatement("INSERT OR REPLACE INTO sides VALUES(?, ?, ?, ?, ?, ?, ?, ?)")) {
                for (int i = 0; i < rows.size(); i++) {
                    for (int side = 0; side < rows.get(i).sides().size(); side++) {
                        bind(insert, kept.id(), from + i, side, rows.get(i).sides().get(side));
                        insert.addBatch();
                    }
                }
                insert.executeBatch();
            }
            Sqlite.execute(connection, "UPDATE sets SET rows = max(rows, " + (from + rows.size()) + ") WHERE id = "
                    + kept.id());
            return null;
        });
    }

    /** Not a number is stored as NULL, as everywhere. */
    private static void bind(PreparedStatement insert, long set, int row, int number, SideReading side)
            throws SQLException {
        insert.setLong(1, set);
        insert.setInt(2, row);
        insert.setInt(3, number);
        insert.setString(4, side.name());
        insert.setDouble(5, side.sum());
        insert.setInt(6, side.tokens().size());
        insert.setDouble(7, side.pull());
        insert.setBytes(8, ReadingBytes.of(side));
    }

    /** The first rows in short. */
    List<RowScore> rows(Kept kept, int count) {
        return with(false, List.of(), connection -> {
            List<List<SideScore>> rows = new ArrayList<>();
            for (int row = 0; row < count; row++) {
                rows.add(new ArrayList<>(2));
            }
            try (PreparedStatement query = connection.prepareStatement("SELECT row, name, sum, tokens, pull FROM sides"
                    + " WHERE set_id = ? AND row < ? ORDER BY row, side")) {
                query.setLong(1, kept.id());
                query.setInt(2, count);
                try (ResultSet found = query.executeQuery()) {
                    while (found.next()) {
                        rows.get(found.getInt(1)).add(new SideScore(found.getString(2), number(found, 3),
                                found.getInt(4), number(found, 5)));
                    }
                }
            }
            List<RowScore> scores = new ArrayList<>();
            for (int row = 0; row < count; row++) {
                scores.add(new RowScore(row, rows.get(row)));
            }
            return scores;
        });
    }

    private static double number(ResultSet found, int column) throws SQLException {
        double value = found.getDouble(column);
        return found.wasNull() ? Double.NaN : value;
    }

    /** One row with its tokens. */
    Optional<RowReading> reading(ScoreSource source, DatasetVersionId dataset, int row) {
        return with(false, Optional.empty(), connection -> {
            Optional<Kept> kept = find(connection, source, dataset).filter(k -> row < k.rows());
            if (kept.isEmpty()) {
                return Optional.empty();
            }
            List<SideReading> sides = new ArrayList<>();
            try (PreparedStatement query = connection
                    .prepareStatement("SELECT name, reading FROM sides WHERE set_id = ? AND row = ? ORDER BY side")) {
                query.setLong(1, kept.get().id());
                query.setInt(2, row);
                try (ResultSet found = query.executeQuery()) {
                    while (found.next()) {
                        sides.add(ReadingBytes.side(found.getString(1), found.getBytes(2)));
                    }
                }
            }
            return Optional.of(new RowReading(row, sides));
        });
    }
}
