package preflab.projects.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import preflab.engine.train.RunEvent;
import preflab.engine.train.Sample;

/** Writes the events of one start of one run. Used by one thread. */
final class EventTable {

    private final Database database;
    private final Path project;
    private final int run;
    private final int segment;
    private final Clock clock;
    private final Map<String, Integer> keys = new HashMap<>();

    EventTable(Database database, Path project, int run, int segment, Clock clock) {
        this.database = database;
        this.project = project;
        this.run = run;
        this.segment = segment;
        this.clock = clock;
    }

    int run() {
        return run;
    }

    /**
     * Stores events in one transaction until there are no more or the time is up.
     *
     * @return how many; they are safe when this returns
     */
    int store(Iterable<RunEvent> events, long deadlineNanos) {
        Map<String, Integer> keysBefore = Map.copyOf(keys);
        try {
            return database.write(connection -> storeIn(connection, events.iterator(), deadlineNanos));
        } catch (ProjectException e) {
            keys.keySet().retainAll(keysBefore.keySet()); // new keys were rolled back
            throw e;
        }
    }

    /** Makes what the readers of a run that is over would have to make. */
    void sketch() {
        new MetricReader(database).sketch(run);
    }

    /** Stores all of a run's events as part of a transaction. */
    void storeAll(Connection connection, List<RunEvent> events) throws SQLException {
        storeIn(connection, events.iterator(), Long.MAX_VALUE);
    }

    private int storeIn(Connection connection, Iterator<RunEvent> events, long deadlineNanos) throws SQLException {
        Map<String, double[]> last = new HashMap<>();
        int stored = 0;
        try (PreparedStatement metric = connection.prepareStatement(
                "INSERT OR REPLACE INTO metric (run, key, segment, step, value) VALUES (?, ?, ?, ?, ?)")) {
            while (events.hasNext() && (stored == 0 || System.nanoTime() < deadlineNanos)) {
                store(connection, metric, events.next(), last);
                stored++;
            }
        }
        storeLast(connection, last);
        return stored;
    }

    private void store(Connection connection, PreparedStatement metric, RunEvent event, Map<String, double[]> last)
            throws SQLException {
        switch (event) {
            case RunEvent.Started started -> Database.update(connection,
                    "UPDATE segment SET environment = ? WHERE run = ? AND segment = ?",
                    Json.text(started.environment()), run, segment);
            case RunEvent.Measured measured -> measure(connection, metric, measured.step(), measured.metrics(), last);
            case RunEvent.Sampled sampled -> sample(connection, sampled);
            case RunEvent.Checkpointed checkpoint -> Database.update(connection,
                    "INSERT INTO checkpoint (run, segment, step, folder, at) VALUES (?, ?, ?, ?, ?)", run, segment,
                    checkpoint.step(), relative(checkpoint.folder()), clock.millis());
            case RunEvent.Warned warned -> Database.update(connection,
                    "INSERT INTO warning (run, segment, step, code, message, at) VALUES (?, ?, ?, ?, ?, ?)", run,
                    segment, warned.step(), warned.code(), warned.message(), clock.millis());
            case RunEvent.Ended ended -> {
                ended.metrics().forEach((key, value) -> last.put(key, new double[]{ended.step(), value})); // no new points
                end(connection, ended);
            }
        }
    }

    private void measure(Connection connection, PreparedStatement metric, int step, Map<String, Double> metrics,
            Map<String, double[]> last) throws SQLException {
        for (Map.Entry<String, Double> entry : metrics.entrySet()) {
            metric.setInt(1, run);
            metric.setInt(2, key(connection, entry.getKey()));
            metric.setInt(3, segment);
            metric.setInt(4, step);
            setValue(metric, 5, entry.getValue());
            metric.executeUpdate();
            last.put(entry.getKey(), new double[]{step, entry.getValue()});
        }
    }

    /** NaN is NULL, said out loud rather than left to the driver. */
    private static void setValue(PreparedStatement statement, int column, double value) throws SQLException {
        if (Double.isNaN(value)) {
            statement.setObject(column, null);
        } else {
            statement.setDouble(column, value);
        }
    }

    private int key(Connection connection, String name) throws SQLException {
        Integer known = keys.get(name);
        if (known != null) {
            return known;
        }
        Database.update(connection, "INSERT OR IGNORE INTO metric_key (name) VALUES (?)", name);
        int id = Database.rows(connection, row -> row.getInt(1), "SELECT id FROM metric_key WHERE name = ?", name)
                .getFirst();
        keys.put(name, id);
        return id;
    }

    private void storeLast(Connection connection, Map<String, double[]> last) throws SQLException {
        int lastStep = 0;
        try (PreparedStatement upsert = connection.prepareStatement(
                "INSERT OR REPLACE INTO last_metric (run, key, step, value) VALUES (?, ?, ?, ?)")) {
            for (Map.Entry<String, double[]> entry : last.entrySet()) {
                upsert.setInt(1, run);
                upsert.setInt(2, key(connection, entry.getKey()));
                upsert.setInt(3, (int) entry.getValue()[0]);
                setValue(upsert, 4, entry.getValue()[1]);
                upsert.executeUpdate();
                lastStep = Math.max(lastStep, (int) entry.getValue()[0]);
            }
        }
        if (!last.isEmpty()) {
            Database.update(connection, "UPDATE run SET last_step = ? WHERE id = ?", lastStep, run);
        }
    }

    private void sample(Connection connection, RunEvent.Sampled sampled) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO sample (run, segment, purpose, step, row, prompt, completion, expected, correct)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            for (Sample sample : sampled.samples()) {
                Database.bind(insert, run, segment, sampled.purpose(), sampled.step(), sample.row(), sample.prompt(),
                        sample.completion(), sample.expected().orElse(null),
                        sample.correct().map(right -> right ? 1 : 0).orElse(null));
                insert.executeUpdate();
            }
        }
    }

    private void end(Connection connection, RunEvent.Ended ended) throws SQLException {
        Database.update(connection,
                "UPDATE segment SET outcome = ?, end_step = ?, message = ?, ended = ? WHERE run = ? AND segment = ?",
                ended.outcome().name(), ended.step(), ended.message(), clock.millis(), run, segment);
        Database.update(connection, "UPDATE run SET last_step = ? WHERE id = ?", ended.step(), run);
        Database.update(connection, "UPDATE request SET done = ? WHERE run = ? AND done IS NULL", clock.millis(), run);
    }

    /** Inside the project: relative, so that the project can be moved. Elsewhere: as it is. */
    private String relative(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        Path path = absolute.startsWith(project) ? project.relativize(absolute) : absolute;
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    /** What this run is asked for: {@code stop}, {@code pause}. */
    List<String> requests() {
        return database.read(connection -> Database.rows(connection, row -> row.getString(1),
                "SELECT DISTINCT kind FROM request WHERE run = ? AND done IS NULL", run));
    }
}
