package preflab.projects.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import preflab.datasets.example.DatasetException;
import preflab.datasets.store.Sqlite;

/** Connections to one {@code project.db}, lent one at a time: readers never wait for each other. */
final class Database implements AutoCloseable {

    /** Work on a lent connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private final Path file;
    private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    Database(Path file) {
        this.file = file;
    }

    /** Several statements that see one state of the database, or any single one. */
    <T> T read(Work<T> work) {
        return lend(connection -> {
            connection.setAutoCommit(false);
            try {
                return work.on(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    /** A transaction that takes the write lock at once; nothing of it stays if the work throws. */
    <T> T write(Work<T> work) {
        return lend(connection -> Sqlite.transaction(connection, work::on));
    }

    /** All rows of a query; parameters are numbered from 1. */
    static <T> List<T> rows(Connection connection, Row<T> row, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(row.of(result));
                }
            }
            return rows;
        }
    }

    /** Runs one statement; returns how many rows it changed. */
    static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    private <T> T lend(Work<T> work) {
        Connection connection = null;
        try {
            connection = borrow();
            return work.on(connection);
        } catch (SQLException | DatasetException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, file + ": " + e.getMessage(), e);
        } finally {
            giveBack(connection);
        }
    }

    private Connection borrow() throws SQLException {
        if (closed) {
            throw new ProjectException(ProjectException.Code.SYSTEM, file + " was closed");
        }
        Connection connection = idle.poll();
        return connection == null ? Sqlite.open(file) : connection;
    }

    private void giveBack(Connection connection) {
        if (connection != null) {
            idle.add(connection);
            if (closed) {
                close();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new ProjectException(ProjectException.Code.SYSTEM, file + ": " + e.getMessage(), e);
            }
        }
    }
}
