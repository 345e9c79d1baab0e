package preflab.projects.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads and writes what people say of runs. */
final class MarkTable {

    private final Database database;

    MarkTable(Database database) {
        this.database = database;
    }

    Map<Integer, RunMark> all() {
        return database.read(MarkTable::all);
    }

    private static Map<Integer, RunMark> all(Connection connection) throws SQLException {
        Map<Integer, RunMark> marks = new HashMap<>();
        Database.rows(connection, row -> marks.put(row.getInt(1), RunMark.NONE.withNote(row.getString(2))
                .withArchived(row.getBoolean(3))), "SELECT run, note, archived FROM mark");
        Map<Integer, List<String>> tags = new HashMap<>();
        Database.rows(connection, row -> tags.computeIfAbsent(row.getInt(1), run -> new ArrayList<>())
                .add(row.getString(2)), "SELECT run, name FROM tag");
        tags.forEach((run, names) -> marks.put(run, marks.getOrDefault(run, RunMark.NONE).withTags(names)));
        return marks;
    }

    /** Changes the marks of several runs in one transaction. */
    void change(Collection<Integer> runs, UnaryOperator<RunMark> change) {
        database.write(connection -> {
            Map<Integer, RunMark> before = all(connection);
            for (int run : runs) {
                store(connection, run, change.apply(before.getOrDefault(run, RunMark.NONE)));
            }
            return null;
        });
    }

    private static void store(Connection connection, int run, RunMark mark) throws SQLException {
        Database.update(connection, "INSERT OR REPLACE INTO mark (run, note, archived) VALUES (?, ?, ?)", run,
                mark.note(), mark.archived() ? 1 : 0);
        Database.update(connection, "DELETE FROM tag WHERE run = ?", run);
        for (String tag : mark.tags()) {
            Database.update(connection, "INSERT INTO tag (run, name) VALUES (?, ?)", run, tag);
        }
    }
}
