package preflab.projects.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;

/** Copies of long series are a shortcut and nothing else. */
class SketchTest {

    private static final int STEPS = 9000;
    private static final int PEAK = 7777;

    @TempDir
    Path folder;

    private RunStore runs;
    private int run;

    @BeforeEach
    void open() {
        runs = RunStore.open(folder);
        run = runs.create(Specs.sft("long"));
    }

    @AfterEach
    void close() {
        runs.close();
    }

    private static double value(int step) {
        return step == PEAK ? 1e6 : step % 1234 == 0 ? Double.NaN : Math.sin(step) * step;
    }

    private void log(int from, int to, boolean ends) {
        try (EventWriter writer = from == 1 ? runs.writer(run) : runs.writer(run, from - 1)) {
            for (int step = from; step <= to; step++) {
                writer.on(new RunEvent.Measured(step, Map.of("loss", value(step))));
            }
            if (ends) {
                writer.on(new RunEvent.Ended(Outcome.FINISHED, to, "", Map.of()));
            }
        }
    }

    private int kept() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(RunStore.FILE));
                ResultSet row = connection.createStatement().executeQuery("SELECT count(*) FROM sketch")) {
            return row.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(RunStore.FILE))) {
            connection.createStatement().execute(sql);
        }
    }

    @Test
    void aRunThatEndsLeavesCopiesFromWhichEveryWidthIsReadAsFromItsPoints() throws SQLException {
        log(1, STEPS, true);

        assertThat(kept()).isEqualTo(1);
        Series all = runs.series(run, "loss");
        assertThat(all.size()).isEqualTo(STEPS);
        for (int buckets : new int[]{1, 7, 400, 800, 2000, 5000, 20_000}) {
            assertThat(runs.series(run, "loss", 0, STEPS, buckets)).as(buckets + " buckets")
                    .isEqualTo(MinMax.thin(all, 0, STEPS, buckets));
            assertThat(runs.series(run, "loss", 0, 3 * STEPS, buckets)).as("beside a longer run")
                    .isEqualTo(MinMax.thin(all, 0, 3 * STEPS, buckets));
        }
        assertThat(runs.series(run, "loss", 0, STEPS, 5).steps()).contains(PEAK);
    }

    @Test
    void copiesAreReadInPlaceOfThePoints() throws SQLException {
        log(1, STEPS, true);
        execute("DELETE FROM metric WHERE step < 5000");

        assertThat(runs.series(run, "loss", 0, STEPS, 400).step(0)).isLessThan(32);
        assertThat(runs.series(run, "loss", 1, STEPS, 400).step(0)).as("a part is read from the points")
                .isGreaterThanOrEqualTo(5000);
    }

    @Test
    void whoReadsARunOfAnOlderProjectKeepsItsCopy() throws SQLException {
        log(1, STEPS, true);
        Series before = runs.series(run, "loss", 0, STEPS, 400);
        execute("DELETE FROM sketch");

        assertThat(runs.series(run, "loss", 0, STEPS, 400)).isEqualTo(before);
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void nothingIsKeptOfARunThatMayLogMore() throws SQLException {
        log(1, STEPS, false);

        assertThat(runs.series(run, "loss", 0, STEPS, 400))
                .isEqualTo(MinMax.thin(runs.series(run, "loss"), 0, STEPS, 400));
        assertThat(kept()).isZero();
    }

    @Test
    void aResumedRunLosesItsCopiesAndLeavesNewOnesAtItsEnd() throws SQLException {
        log(1, STEPS, true);
        try (EventWriter writer = runs.writer(run, 4000)) {
            assertThat(kept()).isZero();
            writer.on(new RunEvent.Measured(4001, Map.of("loss", -5.0)));
        }
        log(4002, 6000, true);

        assertThat(kept()).isEqualTo(1);
        Series all = runs.series(run, "loss");
        assertThat(all.lastStep()).isEqualTo(6000);
        assertThat(runs.series(run, "loss", 0, 6000, 700)).isEqualTo(MinMax.thin(all, 0, 6000, 700));
    }

    @Test
    void whatIsReadBeforeARunIsResumedIsNotKeptAfterwards() throws SQLException {
        log(1, STEPS, true);
        Sketch late = new Sketch(run, "loss", 1, STEPS, Series.of(new long[]{1}, new double[]{1}));
        log(STEPS + 1, STEPS + 10, true);
        execute("DELETE FROM sketch");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(RunStore.FILE))) {
            late.keep(connection);
        }

        assertThat(kept()).isZero();
    }
}
