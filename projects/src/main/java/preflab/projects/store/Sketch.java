package preflab.projects.store;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A thinned copy of one long series of a run that is over, kept beside its points: {@link MinMax} of at most
 * {@link #BUCKETS} buckets. As widths of buckets are powers of two, what is coarser follows from it exactly.
 *
 * @param starts
 *            how often the run had been started when its points were read
 * @param lastStep
 *            of the series
 */
record Sketch(int run, String key, int starts, long lastStep, Series points) {

    /** More than any chart has pixels. */
    static final int BUCKETS = 2000;

    private static final int BYTES = Integer.BYTES + Double.BYTES; // of a point: step, value

    /** Steps to a bucket of a series that ends there; 1 where a copy would be the series itself. */
    static long width(long lastStep) {
        return MinMax.width(0, lastStep, BUCKETS);
    }

    /** The points kept of a series that ends at this step. */
    static Optional<Series> find(Connection connection, int run, String key, long lastStep) throws SQLException {
        return Database.rows(connection, row -> unpacked(row.getBytes(1)), """
                SELECT points FROM sketch WHERE run = ? AND key = (SELECT id FROM metric_key WHERE name = ?)
                    AND last_step = ?""", run, key, lastStep).stream().findFirst();
    }

    /** How often a run that is over was started; empty while it may log more. */
    static Optional<Integer> startsIfOver(Connection connection, int run) throws SQLException {
        return Database.rows(connection, row -> row.getInt(1), """
                SELECT segment FROM segment WHERE run = ?1 AND outcome IS NOT NULL
                    AND segment = (SELECT max(segment) FROM segment WHERE run = ?1)""", run).stream().findFirst();
    }

    /** Keeps the copy, unless the run was resumed since its points were read. */
    void keep(Connection connection) throws SQLException {
        if (startsIfOver(connection, run).equals(Optional.of(starts))) {
            Database.update(connection, """
                    INSERT OR REPLACE INTO sketch (run, key, last_step, points)
                    SELECT ?1, id, ?3, ?4 FROM metric_key WHERE name = ?2""", run, key, lastStep, packed(points));
        }
    }

    /** Nothing that a run logged before it is resumed is known to last. */
    static void forget(Connection connection, int run) throws SQLException {
        Database.update(connection, "DELETE FROM sketch WHERE run = ?", run);
    }

    /** The metrics of a run that are long enough for a copy. */
    static List<String> longSeries(Connection connection, int run) throws SQLException {
        return Database.rows(connection, row -> row.getString(1), """
                SELECT name FROM last_metric JOIN metric_key ON metric_key.id = last_metric.key
                WHERE run = ? AND step >= ?""", run, BUCKETS);
    }

    private static byte[] packed(Series series) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES * series.size());
        for (int i = 0; i < series.size(); i++) {
            bytes.putInt((int) series.step(i)).putDouble(series.value(i));
        }
        return bytes.array();
    }

    private static Series unpacked(byte[] packed) {
        ByteBuffer bytes = ByteBuffer.wrap(packed);
        long[] steps = new long[packed.length / BYTES];
        double[] values = new double[steps.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = bytes.getInt();
            values[i] = bytes.getDouble();
        }
        return Series.of(steps, values);
    }
}
