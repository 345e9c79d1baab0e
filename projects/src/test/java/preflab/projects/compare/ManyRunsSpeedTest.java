package preflab.projects.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.projects.chart.Chart;
import preflab.projects.chart.ChartLayout;
import preflab.projects.chart.Palette;
import preflab.projects.chart.SvgPainter;
import preflab.projects.chart.ViewPort;
import preflab.engine.train.RunSpecs;
import preflab.projects.store.EventWriter;
import preflab.projects.store.ImportedRun;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Specs;
import preflab.projects.workspace.Workspace;

/**
 * 200 runs of 10,000 points of 12 metrics: figures for the log; what is asserted is that nothing is lost. The first round
 * reads every point, as in a project that an older program made; the others read what the first one kept.
 */
@Tag("slow")
class ManyRunsSpeedTest {

    private static final Logger LOG = LoggerFactory.getLogger(ManyRunsSpeedTest.class);
    private static final int RUNS = 200;
    private static final int POINTS = 10_000;
    private static final int METRICS = 12;
    private static final int PEAK = 7_777;

    @TempDir
    Path folder;

    private static String metric(int key) {
        return key == 0 ? "loss" : "metric/" + key;
    }

    /** Runs of one step each, whose other points are then written by SQLite itself: 24 million one by one take minutes. */
    private Workspace filled() throws Exception {
        Path project = folder.resolve("many.preflab");
        Workspace workspace = Workspace.create(project);
        for (int run = 0; run < RUNS; run++) {
            int id = workspace.runs().create(Specs.sft("run " + run,
                    Map.of("training.seed", String.valueOf(run % 4), "training.batch_size",
                            String.valueOf(1 + run / 4))));
            try (EventWriter writer = workspace.runs().writer(id)) {
                writer.on(new RunEvent.Started(Map.of()));
                for (int key = 0; key < METRICS; key++) {
                    writer.on(new RunEvent.Measured(POINTS, Map.of(metric(key), run + key / 100.0)));
                }
                writer.on(new RunEvent.Ended(Outcome.FINISHED, POINTS, "", Map.of()));
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + project.resolve(RunStore.FILE));
                PreparedStatement fill = connection.prepareStatement("""
                        WITH RECURSIVE step(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM step WHERE n < ?1 - 1)
                        INSERT INTO metric (run, key, segment, step, value)
                        SELECT last_metric.run, last_metric.key, segment.segment, n,
                            last_metric.value + (n * 2654435761 % 1000) / 2000.0 + (n = ?2) * 5
                        FROM last_metric JOIN segment ON segment.run = last_metric.run, step""")) {
            fill.setInt(1, POINTS);
            fill.setInt(2, PEAK);
            fill.executeUpdate();
            connection.createStatement().execute("DELETE FROM sketch"); // as in a project of an older program
        }
        return workspace;
    }

    private static double millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    @Test
    void twoHundredRunsAreDrawnFilteredAndZoomed() throws Exception {
        try (Workspace workspace = filled()) {
            List<RunSummary> runs = workspace.runs().list();
            List<String> names = Comparison.names(runs);
            List<Integer> colours = IntStream.range(0, RUNS).boxed().toList();
            Chart[] chart = new Chart[1];
            for (int round = 0; round < 3; round++) {
                double read = millis(() -> chart[0] = new MetricCharts(workspace.runs(), runs, names, colours,
                        ChartQuestion.ALL).of("loss").orElseThrow());
                double drawn = millis(() -> SvgPainter.svg(chart[0], 1200, 700, Palette.LIGHT));
                double zoomed = millis(() -> ChartLayout.of(chart[0], 1200, 700, ViewPort.places(3000, 4000)));
                RunFinder finder = new RunFinder(workspace.runs());
                RunFinder.Question question = new RunFinder.Question("loss > 100 and batch_size >= 20", false,
                        Grouping.NONE, OptionalInt.empty());
                finder.rows(runs, question);
                double filtered = millis(() -> assertThat(finder.rows(runs, question).rows()).hasSizeBetween(90, 110));
                LOG.info("{} runs x {} points x {} metrics: read {} ms, drawn {} ms, zoomed {} ms, filtered {} ms",
                        RUNS,
                        POINTS, METRICS, Math.round(read), Math.round(drawn), Math.round(zoomed), Math.round(filtered));
            }
            assertThat(chart[0].series()).hasSize(RUNS);
            assertThat(chart[0].series().getFirst().points().lastStep()).isEqualTo(POINTS);
            assertThat(IntStream.range(0, chart[0].series().getFirst().points().size())
                    .anyMatch(i -> chart[0].series().getFirst().points().step(i) == PEAK)).as("the peak is there")
                    .isTrue();
        }
    }

    @Test
    void threeThousandRunsAreListedFilteredAndGrouped() {
        try (Workspace workspace = Workspace.create(folder.resolve("thousands.preflab"))) {
            String spec = RunSpecs.toJson(Specs.sft("many"));
            for (int run = 0; run < 3000; run++) {
                List<RunEvent> events = new ArrayList<>();
                for (int step = 1; step <= 5; step++) {
                    events.add(new RunEvent.Measured(step,
                            Map.of("loss", 1.0 / step, "grad_norm", 1.0, "eval/accuracy", run / 3000.0)));
                }
                events.add(new RunEvent.Ended(Outcome.FINISHED, 5, "", Map.of()));
                workspace.runs().add(new ImportedRun("run " + run, "project other, run " + run, "hash " + run, "sft",
                        ImportedRun.UNKNOWN_DATA, "builtin:sums", run % 5, 5,
                        spec.replace("\"training.batch_size\" : 8", "\"training.batch_size\" : " + (1 + run / 5)),
                        Instant.EPOCH, Instant.EPOCH, events, List.of()));
            }
            RunFinder finder = new RunFinder(workspace.runs());
            List<List<RunSummary>> runs = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                double listed = millis(() -> runs.add(workspace.runs().list()));
                double filtered = millis(() -> assertThat(finder.rows(runs.getLast(),
                        new RunFinder.Question("eval/accuracy >= 0.5", false, Grouping.NONE, OptionalInt.empty()))
                        .rows()).hasSize(1500));
                double grouped = millis(() -> assertThat(finder.rows(runs.getLast(),
                        new RunFinder.Question("", false, Grouping.ALL_BUT_SEED, OptionalInt.empty())).rows())
                        .hasSizeLessThanOrEqualTo(3000));
                LOG.info("3,000 runs: listed {} ms, filtered {} ms, grouped {} ms", Math.round(listed),
                        Math.round(filtered), Math.round(grouped));
            }
        }
    }
}
