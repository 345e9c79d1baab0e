package preflab.projects.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import preflab.datasets.example.DatasetException;
import preflab.datasets.store.Sqlite;

/** The layout of {@code project.db}: makes it, migrates older ones after a backup, refuses newer ones. */
final class Schema {

    /** Marks the file as ours: "pref" in ASCII. */
    static final int APPLICATION_ID = 0x70726566;

    /** Entry i makes layout i + 1 out of layout i. */
    private static final List<Sqlite.Migration> MIGRATIONS = List.of(Schema::layout1,
            connection -> run(connection, "project-v2.sql"), connection -> run(connection, "project-v3.sql"),
            connection -> run(connection, "project-v4.sql"), connection -> run(connection, "project-v5.sql"));

    private Schema() {
    }

    static int current() {
        return MIGRATIONS.size();
    }

    /** Brings the file to the current layout; a newer one is refused and left as it is. */
    static void prepare(Path file) {
        try (Connection connection = Sqlite.open(file)) {
            refuseStrangers(file, connection);
            Sqlite.migrate(connection, file, MIGRATIONS);
        } catch (DatasetException e) {
            throw translated(e);
        } catch (SQLException e) {
            throw new ProjectException(ProjectException.Code.NOT_A_PROJECT,
                    file + " cannot be opened as a project database: " + e.getMessage(), e);
        }
    }

    private static ProjectException translated(DatasetException e) {
        return new ProjectException(e.code() == DatasetException.Code.NEWER_SCHEMA
                ? ProjectException.Code.NEWER_PROJECT
                : ProjectException.Code.NOT_A_PROJECT, e.getMessage(), e);
    }

    private static void refuseStrangers(Path file, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA application_id")) {
            if (Sqlite.version(connection) > 0 && row.getInt(1) != APPLICATION_ID) {
                throw new ProjectException(ProjectException.Code.NOT_A_PROJECT,
                        file + " is a database of another program; a project folder was expected");
            }
        }
    }

    private static void layout1(Connection connection) throws SQLException {
        run(connection, "project-v1.sql");
        Sqlite.execute(connection, "PRAGMA application_id=" + APPLICATION_ID);
    }

    private static void run(Connection connection, String script) throws SQLException {
        for (String statement : script(script).split(";\\s*\n", -1)) {
            if (!statement.isBlank()) {
                Sqlite.execute(connection, statement);
            }
        }
    }

    private static String script(String name) {
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot read the resource " + name, e);
        }
    }
}
