package preflab.projects.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads metrics. A resumed run's points come from several segments, each seen over its own range of steps. */
final class MetricReader {

    /** Above this many points a thinned series is found by SQLite, bucket by bucket, instead of being read. */
    private static final long READ_AT_MOST = 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(MetricReader.class);

    private final Database database;

    MetricReader(Database database) {
        this.database = database;
    }

    /** Steps from ≤ step ≤ to of one segment that no later segment replaced. */
    private record Range(int segment, long from, long to) {
    }

    List<String> keys(int run) {
        return database.read(connection -> Database.rows(connection, row -> row.getString(1), """
                SELECT name FROM last_metric JOIN metric_key ON metric_key.id = last_metric.key
                WHERE run = ? ORDER BY name""", run));
    }

    Series lastPoint(int run, String key) {
        return database.read(connection -> Database.rows(connection,
                row -> Series.of(new long[]{row.getLong(1)}, new double[]{value(row, 2)}), """
                        SELECT step, value FROM last_metric
                        WHERE run = ? AND key = (SELECT id FROM metric_key WHERE name = ?)""",
                run, key)).stream().findFirst().orElse(Series.EMPTY);
    }

    Series series(int run, String key, long from, long to) {
        return database.read(connection -> read(connection, run, key, from, to));
    }

    private static Series read(Connection connection, int run, String key, long from, long to) throws SQLException {
        Points points = new Points();
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT step, value FROM metric WHERE run = ? AND key = (SELECT id FROM metric_key WHERE name = ?)
                    AND segment = ? AND step BETWEEN ? AND ? ORDER BY step""")) {
            for (Range range : ranges(connection, run, from, to)) {
                Database.bind(query, run, key, range.segment(), range.from(), range.to());
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        points.add(row.getLong(1), value(row, 2));
                    }
                }
            }
        }
        return points.toSeries();
    }

    /** A thinned series, and the copy to keep where there was none yet. */
    private record Thinned(Series points, Optional<Sketch> fresh) {
    }

    Series series(int run, String key, long from, long to, int buckets) {
        Thinned found = database.read(connection -> thinned(connection, run, key, from, to,
                MinMax.width(from, to, buckets)));
        found.fresh().ifPresent(this::keep);
        return found.points();
    }

    /** Thins the long series of a run that is over, for those who will read them. */
    void sketch(int run) {
        List<String> keys = database.read(connection -> Sketch.startsIfOver(connection, run).isPresent()
                ? Sketch.longSeries(connection, run)
                : List.<String>of());
        keys.forEach(key -> series(run, key, 0, Integer.MAX_VALUE, 1));
    }

    /** A copy is a convenience: a database that cannot be written to is still read. */
    private void keep(Sketch sketch) {
        try {
            database.write(connection -> {
                sketch.keep(connection);
                return sketch;
            });
        } catch (ProjectException e) {
            LOG.info("run {}: {} will be read as a whole again: {}", sketch.run(), sketch.key(), e.getMessage());
        }
    }

    private static Thinned thinned(Connection connection, int run, String key, long from, long to, long width)
            throws SQLException {
        long last = lastStep(connection, run, key);
        long finest = Sketch.width(last);
        if (from > 0 || to < last || finest == 1 || width < finest) {
            return new Thinned(raw(connection, run, key, from, Math.min(to, last), width), Optional.empty());
        }
        Optional<Series> kept = Sketch.find(connection, run, key, last);
        if (kept.isPresent()) {
            return new Thinned(MinMax.thin(kept.get(), width), Optional.empty());
        }
        Optional<Integer> starts = Sketch.startsIfOver(connection, run);
        Series points = raw(connection, run, key, 0, last, starts.isPresent() ? finest : width);
        return new Thinned(MinMax.thin(points, width), starts.map(times -> new Sketch(run, key, times, last, points)));
    }

    private static Series raw(Connection connection, int run, String key, long from, long to, long width)
            throws SQLException {
        return to - from < READ_AT_MOST
                ? MinMax.thin(read(connection, run, key, from, to), width)
                : extremes(connection, run, key, from, to, width);
    }

    private static long lastStep(Connection connection, int run, String key) throws SQLException {
        return Database.rows(connection, row -> row.getLong(1), """
                SELECT step FROM last_metric WHERE run = ? AND key = (SELECT id FROM metric_key WHERE name = ?)""",
                run, key).stream().findFirst().orElse(-1L);
    }

    /** Least, greatest and first NaN of each bucket, by range scans of the primary key: no sorting. */
    private static Series extremes(Connection connection, int run, String key, long from, long to, long width)
            throws SQLException {
        Points points = new Points();
        String where = """
                FROM metric WHERE run = ?1 AND key = (SELECT id FROM metric_key WHERE name = ?2) AND segment = ?3
                    AND step BETWEEN ?4 AND ?5""";
        try (PreparedStatement query = connection.prepareStatement("SELECT step, min(value) " + where
                + " UNION SELECT step, max(value) " + where + " UNION SELECT min(step), value " + where
                + " AND value IS NULL ORDER BY 1")) {
            for (Range range : ranges(connection, run, from, to)) {
                for (long low = range.from(); low <= range.to(); low = (low / width + 1) * width) {
                    long high = Math.min(range.to(), (low / width + 1) * width - 1);
                    Database.bind(query, run, key, range.segment(), low, high);
                    addRows(query, points);
                }
            }
        }
        return MinMax.thin(points.toSeries(), width); // where two segments share a bucket
    }

    private static void addRows(PreparedStatement query, Points points) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                long step = row.getLong(1);
                if (!row.wasNull()) {
                    points.add(step, value(row, 2));
                }
            }
        }
    }

    private static List<Range> ranges(Connection connection, int run, long from, long to) throws SQLException {
        List<long[]> segments = Database.rows(connection, row -> new long[]{row.getLong(1), row.getLong(2)},
                "SELECT segment, from_step FROM segment WHERE run = ? ORDER BY segment", run);
        List<Range> ranges = new ArrayList<>();
        long end = to;
        for (long[] segment : segments.reversed()) {
            long start = Math.max(from, segment[1] + 1);
            if (start <= end) {
                ranges.addFirst(new Range((int) segment[0], start, end));
            }
            end = Math.min(end, segment[1]);
        }
        return ranges;
    }

    /** NULL means NaN. */
    static double value(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }
}
