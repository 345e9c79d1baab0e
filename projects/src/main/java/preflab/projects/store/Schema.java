package preflab.projects.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The layout of {@code project.db}: makes it, migrates older ones after a backup, refuses newer ones. */
final class Schema {

    /** Marks the file as ours: "pref" in ASCII. */
    static final int APPLICATION_ID = 0x70726566;

    /** Script i makes layout i + 1 out of layout i. */
    private static final List<String> SCRIPTS = List.of("project-v1.sql");

    private Schema() {
    }

    static int current() {
        return SCRIPTS.size();
    }

    /** Brings the file to the current layout. */
    static void prepare(Path file) {
        try (Connection connection = Database.connect(file)) {
            int found = pragma(connection, "user_version");
            refuseStrangers(file, connection, found);
            if (found < current()) {
                backUp(file, connection, found);
                migrate(connection);
            }
        } catch (SQLException e) {
            throw new ProjectException(ProjectException.Code.NOT_A_PROJECT,
                    file + " cannot be opened as a project database: " + e.getMessage(), e);
        }
    }

    private static void refuseStrangers(Path file, Connection connection, int found) throws SQLException {
        if (found > current()) {
            throw new ProjectException(ProjectException.Code.NEWER_PROJECT,
                    file.getParent() + " was written by a newer Preflab (layout " + found + "; this one reads up to "
                            + current() + "). It was left as it is: open it with the newer program.");
        }
        int application = pragma(connection, "application_id");
        if (found > 0 && application != APPLICATION_ID) {
            throw new ProjectException(ProjectException.Code.NOT_A_PROJECT,
                    file + " is a database of another program; a project folder was expected");
        }
    }

    private static void backUp(Path file, Connection connection, int found) throws SQLException {
        Path backup = file.resolveSibling(file.getFileName() + ".v" + found + ".bak");
        if (found > 0 && !Files.exists(backup)) {
            Database.update(connection, "VACUUM INTO ?", backup.toString());
        }
    }

    private static void migrate(Connection connection) throws SQLException {
        Database.execute(connection, "BEGIN IMMEDIATE");
        // another process may have been faster between the look and the lock
        for (int layout = pragma(connection, "user_version"); layout < current(); layout++) {
            for (String statement : script(SCRIPTS.get(layout)).split(";\\s*\n")) {
                if (!statement.isBlank()) {
                    Database.execute(connection, statement);
                }
            }
        }
        Database.execute(connection, "PRAGMA application_id=" + APPLICATION_ID);
        Database.execute(connection, "PRAGMA user_version=" + current());
        Database.execute(connection, "COMMIT");
    }

    private static int pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.getInt(1);
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
