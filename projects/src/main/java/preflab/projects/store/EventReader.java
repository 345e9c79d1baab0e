package preflab.projects.store;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.engine.train.Sample;

/** Reads what is not a metric: texts, warnings, checkpoints. A resumed run replaces what it logged after its start. */
final class EventReader {

    /** Rows of a table t that no later segment replaced. */
    private static final String VISIBLE = """
             AND NOT EXISTS (SELECT 1 FROM segment WHERE segment.run = t.run AND segment.segment > t.segment
                AND segment.from_step < t.step)
            """;

    private final Database database;
    private final Path project;

    EventReader(Database database, Path project) {
        this.database = database;
        this.project = project;
    }

    private record Row(int step, Sample sample) {
    }

    /** Steps from ≤ step ≤ to at which texts of this purpose were generated, ascending. */
    List<StoredSamples> samples(int run, String purpose, long from, long to) {
        List<Row> rows = database.read(connection -> Database.rows(connection, EventReader::row, """
                SELECT step, row, prompt, completion, expected, correct FROM sample AS t
                WHERE run = ? AND purpose = ? AND step BETWEEN ? AND ?""" + VISIBLE + "ORDER BY step, row, id", run,
                purpose, from, to));
        Map<Integer, List<Sample>> bySteps = new LinkedHashMap<>();
        rows.forEach(row -> bySteps.computeIfAbsent(row.step(), step -> new ArrayList<>()).add(row.sample()));
        return bySteps.entrySet().stream().map(e -> new StoredSamples(e.getKey(), purpose, e.getValue())).toList();
    }

    List<StoredSamples> firstAndLast(int run, String purpose) {
        List<Integer> steps = database.read(connection -> Database.rows(connection, row -> row.getInt(1),
                "SELECT DISTINCT step FROM sample AS t WHERE run = ? AND purpose = ?" + VISIBLE + "ORDER BY step", run,
                purpose));
        return steps.stream()
                .filter(step -> step.equals(steps.getFirst()) || step.equals(steps.getLast()))
                .flatMap(step -> samples(run, purpose, step, step).stream()).toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getInt("step"), sample(row));
    }

    /** Of columns row, prompt, completion, expected and correct. */
    static Sample sample(ResultSet row) throws SQLException {
        boolean correct = row.getBoolean("correct");
        Optional<Boolean> judged = row.wasNull() ? Optional.empty() : Optional.of(correct);
        return new Sample(row.getInt("row"), row.getString("prompt"), row.getString("completion"),
                Optional.ofNullable(row.getString("expected")), judged);
    }

    List<StoredWarning> warnings(int run) {
        return database.read(connection -> Database.rows(connection,
                row -> new StoredWarning(row.getInt("step"), row.getString("code"), row.getString("message"),
                        Instant.ofEpochMilli(row.getLong("at"))),
                "SELECT step, code, message, at FROM warning AS t WHERE run = ?" + VISIBLE + "ORDER BY id", run));
    }

    List<StoredCheckpoint> checkpoints(int run) {
        return database.read(connection -> Database.rows(connection,
                row -> new StoredCheckpoint(row.getInt("step"),
                        project.resolve(row.getString("folder")).normalize(),
                        Instant.ofEpochMilli(row.getLong("at"))),
                "SELECT step, folder, at FROM checkpoint AS t WHERE run = ?" + VISIBLE + "ORDER BY step, id", run));
    }
}
