package preflab.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.store.Sqlite.Migration;

class SqliteTest {

    private static final Migration FIRST = Migration.of("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT)",
            "INSERT INTO notes VALUES (1, 'kept')");
    private static final Migration SECOND = Migration.of("ALTER TABLE notes ADD COLUMN mood TEXT");
    private static final Migration BROKEN = Migration.of("CREATE TABLE half (id INTEGER)", "NONSENSE");

    @TempDir
    Path temp;

    private Path file() {
        return temp.resolve("a folder?#%").resolve("project.db");
    }

    private Connection open() throws IOException {
        Files.createDirectories(file().getParent());
        return Sqlite.open(file());
    }

    private static Object value(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var result = statement.executeQuery(sql)) {
            return result.next() ? result.getObject(1) : null;
        }
    }

    @Test
    void connectionsWriteAheadAndEnforceForeignKeysAndWait() throws Exception {
        try (Connection connection = open()) {
            assertThat(value(connection, "PRAGMA journal_mode")).isEqualTo("wal");
            assertThat(value(connection, "PRAGMA foreign_keys")).isEqualTo(1);
            assertThat(value(connection, "PRAGMA busy_timeout")).isEqualTo(10_000);
        }
        assertThat(file()).exists();
    }

    @Test
    void aTransactionThatThrowsLeavesNothing() throws Exception {
        try (Connection connection = open()) {
            Sqlite.migrate(connection, file(), List.of(FIRST));

            assertThatThrownBy(() -> Sqlite.transaction(connection, c -> {
                Sqlite.execute(c, "INSERT INTO notes VALUES (2, 'lost')");
                throw new IllegalStateException("no");
            })).hasMessage("no");

            assertThat(value(connection, "SELECT count(*) FROM notes")).isEqualTo(1);
            assertThat(Sqlite.<Object>transaction(connection, c -> value(c, "SELECT words FROM notes")))
                    .isEqualTo("kept");
        }
    }

    @Test
    void anOlderSchemaIsBroughtUpToDateAndBackedUp() throws Exception {
        try (Connection connection = open()) {
            Sqlite.migrate(connection, file(), List.of(FIRST));
        }
        try (Connection connection = open()) {
            Sqlite.migrate(connection, file(), List.of(FIRST, SECOND));
            Sqlite.migrate(connection, file(), List.of(FIRST, SECOND));

            assertThat(Sqlite.version(connection)).isEqualTo(2);
            assertThat(value(connection, "SELECT words FROM notes WHERE mood IS NULL")).isEqualTo("kept");
        }
        Path backup = file().resolveSibling("project.db.v1.backup");
        try (Connection connection = Sqlite.openReadOnly(backup)) {
            assertThat(Sqlite.version(connection)).isEqualTo(1);
            assertThat(value(connection, "SELECT words FROM notes")).isEqualTo("kept");
        }
    }

    @Test
    void aNewFileNeedsNoBackup() throws Exception {
        try (Connection connection = open()) {
            Sqlite.migrate(connection, file(), List.of(FIRST, SECOND));
        }

        try (var files = Files.list(file().getParent())) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactly("project.db");
        }
    }

    @Test
    void aMigrationThatFailsChangesNothing() throws Exception {
        try (Connection connection = open()) {
            Sqlite.migrate(connection, file(), List.of(FIRST));

            assertThatThrownBy(() -> Sqlite.migrate(connection, file(), List.of(FIRST, BROKEN)))
                    .isInstanceOf(DatasetException.class).hasMessageContaining("cannot be brought up to date");

            assertThat(Sqlite.version(connection)).isEqualTo(1);
            assertThat(value(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'half'")).isEqualTo(0);
        }
    }

    @Test
    void aNewerSchemaIsRefusedAndLeftAlone() throws Exception {
        try (Connection connection = open()) {
            Sqlite.migrate(connection, file(), List.of(FIRST, SECOND));

            assertThatThrownBy(() -> Sqlite.migrate(connection, file(), List.of(FIRST)))
                    .isInstanceOfSatisfying(DatasetException.class,
                            e -> assertThat(e.code()).isEqualTo(Code.NEWER_SCHEMA))
                    .hasMessageContaining("its schema is 2, this program knows up to 1");
            assertThat(Sqlite.version(connection)).isEqualTo(2);
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedWithItsName() throws Exception {
        Path text = Files.writeString(temp.resolve("notes.txt"),
                "these are not the pages you are looking for".repeat(9));

        assertThatThrownBy(() -> Sqlite.open(text)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("notes.txt").hasMessageContaining("cannot be opened as a database");
    }

    @Test
    void readingOnlyNeitherMakesNorChangesFiles() throws Exception {
        assertThatThrownBy(() -> Sqlite.openReadOnly(temp.resolve("absent.db")))
                .hasMessageContaining("there is no file");
        try (Connection connection = open()) {
            Sqlite.migrate(connection, file(), List.of(FIRST));
        }
        try (Connection connection = Sqlite.openReadOnly(file())) {
            assertThatThrownBy(() -> Sqlite.execute(connection, "DELETE FROM notes")).isInstanceOf(SQLException.class);
        }
    }
}
