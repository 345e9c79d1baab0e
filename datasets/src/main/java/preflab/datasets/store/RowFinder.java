package preflab.datasets.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.sqlite.ProgressHandler;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Source;
import preflab.datasets.importer.Progress;

/**
 * Finds rows through a connection of its own, so that nobody who pages through the table waits for a search. One query
 * at a time; a cancelled one ends within a few milliseconds.
 */
final class RowFinder implements AutoCloseable {

    /** Steps of SQLite's machine between two looks at whether the search is still wanted: well below a millisecond. */
    private static final int STEPS = 20_000;
    /** Like matches quickly in the JSON, then the walk through its texts makes sure it was no key or escape. */
    private static final String TEXT = """
            rows.payload LIKE ? ESCAPE '!' AND EXISTS (
              SELECT 1 FROM json_tree(rows.payload) AS part
              WHERE part.type = 'text' AND part.key IS NOT 'role' AND part.atom LIKE ? ESCAPE '!')""";

    private final Connection connection;
    private final Kind kind;
    private boolean facts;

    RowFinder(Connection connection, Kind kind) {
        this.connection = connection;
        this.kind = kind;
    }

    /** Ids of the rows that fit all conditions but those on parts, in the query's order. */
    synchronized int[] find(RowQuery query, int size, Progress progress) throws SQLException {
        List<Object> values = new ArrayList<>();
        String sql = sql(query, values);
        ProgressHandler.setHandler(connection, STEPS, new Watch(progress));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            return ids(statement, size, progress);
        } catch (SQLException e) {
            if (progress.cancelled()) {
                throw new CancellationException("the search was cancelled");
            }
            throw e;
        } finally {
            ProgressHandler.clearHandler(connection);
        }
    }

    @Override
    public synchronized void close() {
        Sqlite.closeQuietly(connection);
    }

    private String sql(RowQuery query, List<Object> values) throws SQLException {
        List<String> conditions = new ArrayList<>();
        for (RowFilter filter : query.filters()) {
            condition(filter, conditions, values);
        }
        if (!query.text().isEmpty()) { // last: it is the dear one
            conditions.add(TEXT);
            String quoted = ExampleJson.quoted(query.text());
            values.add(like(quoted.substring(1, quoted.length() - 1)));
            values.add(like(query.text()));
        }
        boolean inOrder = query.sort() == RowNumber.ROW;
        boolean needsFacts = !inOrder || query.filters().stream().anyMatch(RowFinder::readsFacts);
        if (needsFacts) {
            makeFacts();
        }
        boolean needsRows = !query.text().isEmpty()
                || query.filters().stream().anyMatch(RowFilter.FromFile.class::isInstance);
        // CROSS makes the narrow table the outer one: wide rows are only read where its conditions hold
        String from = !needsFacts ? "rows" : needsRows ? "facts CROSS JOIN rows USING (id)" : "facts";
        return "SELECT id FROM " + from
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions)) + order(query);
    }

    private static boolean readsFacts(RowFilter filter) {
        return filter instanceof RowFilter.Marked
                || (filter instanceof RowFilter.Between between && between.number() != RowNumber.ROW);
    }

    private void condition(RowFilter filter, List<String> conditions, List<Object> values) {
        switch (filter) {
            case RowFilter.Between f -> {
                refuseForeign(f.number());
                conditions.add(f.number().column() + " BETWEEN ? AND ?");
                values.addAll(List.of(f.least(), f.most()));
            }
            case RowFilter.Marked f -> {
                conditions.add("marks & ? != 0");
                values.add(f.mark().bit());
            }
            case RowFilter.FromFile f -> {
                conditions.add("rows.file IN (SELECT files.id FROM files WHERE files.name = ?)");
                values.add(f.file());
            }
            case RowFilter.InPart _ -> {
                // a split is no column: the view looks after it
            }
        }
    }

    private String order(RowQuery query) {
        refuseForeign(query.sort());
        String way = query.descending() ? " DESC" : "";
        return query.sort() == RowNumber.ROW
                ? " ORDER BY id" + way
                : " ORDER BY " + query.sort().column() + " IS NULL, " + query.sort().column() + way + ", id";
    }

    private void refuseForeign(RowNumber number) {
        if (!number.appliesTo(kind)) {
            throw new DatasetException(Code.BAD_MAPPING, kind.id() + " rows have no " + number.label());
        }
    }

    private static int[] ids(PreparedStatement statement, int size, Progress progress) throws SQLException {
        int[] ids = new int[Math.min(size, 1024)];
        int count = 0;
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                if (count == ids.length) {
                    ids = Arrays.copyOf(ids, (int) Math.min(size, 2L * count));
                }
                ids[count++] = result.getInt(1);
                if ((count & 0xFFFF) == 0) {
                    progress.at(count, size);
                }
            }
        }
        return Arrays.copyOf(ids, count);
    }

    /** Files of layout 1 have no facts: they are worked out once, for as long as the file is open. */
    private void makeFacts() throws SQLException {
        if (facts) {
            return;
        }
        if (Sqlite.version(connection) < VersionFile.FACTS_SINCE) {
            Sqlite.execute(connection, "CREATE TEMP TABLE facts (" + RowFacts.COLUMNS + ")");
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT id, payload, side FROM rows ORDER BY id");
                    PreparedStatement insert = connection.prepareStatement(RowFacts.INSERT)) {
                while (rows.next()) {
                    String side = rows.getString(3);
                    Source source = side == null ? new Source("", 0) : new Source("", 0, ExampleJson.decodeSide(side));
                    int id = rows.getInt(1);
                    RowFacts.of(ExampleJson.decode(kind, rows.getBytes(2), new ExampleId(id), source)).write(insert,
                            id);
                }
            }
        }
        facts = true;
    }

    private static String like(String text) {
        return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    /** Ends a query that nobody waits for any more. */
    private static final class Watch extends ProgressHandler {
        private final Progress progress;

        Watch(Progress progress) {
            this.progress = progress;
        }

        @Override
        protected int progress() {
            return progress.cancelled() ? 1 : 0;
        }
    }
}
