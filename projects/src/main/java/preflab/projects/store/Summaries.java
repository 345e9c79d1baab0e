package preflab.projects.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.Outcome;

/** Reads the list of runs and derives their states. */
final class Summaries {

    /** A launched process that has not taken the lock after this never will. */
    private static final Duration LAUNCH_PATIENCE = Duration.ofMinutes(2);

    private static final String SELECT = """
            SELECT run.*, segment.segment, segment.outcome, segment.message, segment.ended,
                segment.started AS last_start,
                (SELECT min(started) FROM segment AS s WHERE s.run = run.id) AS first_start,
                EXISTS (SELECT 1 FROM request WHERE request.run = run.id AND kind = 'stop' AND done IS NULL) AS stop,
                EXISTS (SELECT 1 FROM request WHERE request.run = run.id AND kind = 'pause' AND done IS NULL) AS pause
            FROM run LEFT JOIN segment ON segment.run = run.id
                AND segment.segment = (SELECT max(segment) FROM segment AS s WHERE s.run = run.id)
            """;

    private final Database database;
    private final IntFunction<Path> folder;
    private final Clock clock;

    Summaries(Database database, IntFunction<Path> folder, Clock clock) {
        this.database = database;
        this.folder = folder;
        this.clock = clock;
    }

    List<RunSummary> list() {
        return certain(() -> query(SELECT + "ORDER BY run.id DESC",
                "SELECT run, name, value FROM last_metric JOIN metric_key ON metric_key.id = last_metric.key"));
    }

    RunSummary one(int run) {
        return certain(() -> query(SELECT + "WHERE run.id = ?", """
                SELECT run, name, value FROM last_metric JOIN metric_key ON metric_key.id = last_metric.key
                WHERE run = ?""", run)).stream().findFirst().orElseThrow(() -> RunStore.noSuchRun(run));
    }

    private record Found(RunSummary summary, boolean endIsCertain) {
    }

    @FunctionalInterface
    private interface Look {
        List<Found> look();
    }

    /**
     * The end is stored before the lock is given back. So a free lock seen after "started, no end" may just mean that
     * the end came in between: only a second look at the database makes INTERRUPTED certain.
     */
    private List<RunSummary> certain(Look look) {
        List<Found> first = look.look();
        boolean sure = first.stream().allMatch(Found::endIsCertain);
        return (sure ? first : look.look()).stream().map(Found::summary).toList();
    }

    private List<Found> query(String runs, String metrics, Object... parameters) {
        return database.read(connection -> {
            Map<Integer, Map<String, Double>> last = lastMetrics(connection, metrics, parameters);
            return Database.rows(connection, row -> found(row, last.getOrDefault(row.getInt("id"), Map.of())), runs,
                    parameters);
        });
    }

    private static Map<Integer, Map<String, Double>> lastMetrics(Connection connection, String sql,
            Object... parameters) throws SQLException {
        Map<Integer, Map<String, Double>> last = new HashMap<>();
        Database.rows(connection, row -> last.computeIfAbsent(row.getInt(1), run -> new HashMap<>())
                .put(row.getString(2), MetricReader.value(row, 3)), sql, parameters);
        return last;
    }

    private Found found(ResultSet row, Map<String, Double> metrics) throws SQLException {
        RunState state = state(row);
        RunSummary summary = new RunSummary(row.getInt("id"), row.getString("name"), row.getString("objective"),
                new DatasetVersionId(row.getString("dataset"), row.getInt("dataset_version"),
                        row.getString("dataset_sha256")),
                row.getString("model"), row.getInt("seed"), state, Instant.ofEpochMilli(row.getLong("created")),
                instant(row, "first_start"), instant(row, "ended"), row.getInt("last_step"),
                row.getInt("total_steps"), Optional.ofNullable(row.getString("message")).orElse(""), metrics,
                Optional.ofNullable(row.getString("origin")));
        return new Found(summary, state != RunState.INTERRUPTED);
    }

    private RunState state(ResultSet row) throws SQLException {
        if (beingResumed(row)) {
            return RunState.QUEUED;
        }
        if (row.getString("outcome") != null) {
            return RunState.of(Outcome.valueOf(row.getString("outcome")));
        }
        if (RunLock.isHeld(folder.apply(row.getInt("id")))) {
            return row.getBoolean("stop")
                    ? RunState.STOPPING
                    : row.getBoolean("pause") ? RunState.PAUSED : RunState.RUNNING;
        }
        boolean launchFailed = instant(row, "launched").filter(this::isStale).isPresent();
        return instant(row, "last_start").isPresent() || launchFailed ? RunState.INTERRUPTED : RunState.QUEUED;
    }

    /** A process was launched after the last start, and has not begun yet. */
    private boolean beingResumed(ResultSet row) throws SQLException {
        Optional<Instant> launched = instant(row, "launched");
        Optional<Instant> started = instant(row, "last_start");
        return started.isPresent() && launched.isPresent() && launched.get().isAfter(started.get())
                && !isStale(launched.get());
    }

    private boolean isStale(Instant launched) {
        return launched.plus(LAUNCH_PATIENCE).isBefore(clock.instant());
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
