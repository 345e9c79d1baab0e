package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.chart.ChartView;
import preflab.app.compare.ChartsModel;
import preflab.app.compare.CompareModel;
import preflab.app.ui.ProjectFixture;
import preflab.app.ui.Ui;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.projects.chart.ViewPort;
import preflab.projects.store.EventWriter;
import preflab.projects.workspace.Workspace;

/** 200 runs of 10,000 points of 12 metrics in the window: figures go to target/many-runs.txt; what is asserted is that all is there. */
@Tag("slow")
class ManyRunsScreenTest {

    private static final int RUNS = 200;
    private static final int POINTS = 10_000;
    private static final int METRICS = 12;

    private final Ui ui = Ui.get();
    private final List<String> figures = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path project() throws Exception {
        Path project = folder.resolve("many.preflab");
        try (Workspace workspace = Workspace.create(project)) {
            DatasetVersionId data = ProjectFixture.addData(workspace).getFirst();
            for (int run = 0; run < RUNS; run++) {
                Map<String, Double> last = new HashMap<>();
                for (int key = 0; key < METRICS; key++) {
                    last.put(key == 0 ? "loss" : "metric/" + key, run + key / 100.0);
                }
                int id = workspace.runs().create(ProjectFixture.spec("dpo", "run " + run, data, 1 + run % 4, POINTS));
                try (EventWriter writer = workspace.runs().writer(id)) {
                    writer.on(new RunEvent.Started(Map.of("device", "cpu")));
                    writer.on(new RunEvent.Measured(POINTS, last));
                    writer.on(new RunEvent.Ended(Outcome.FINISHED, POINTS, "", Map.of()));
                }
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + project.resolve("project.db"));
                PreparedStatement fill = connection.prepareStatement("""
                        WITH RECURSIVE step(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM step WHERE n < ?1 - 1)
                        INSERT INTO metric (run, key, segment, step, value)
                        SELECT last_metric.run, last_metric.key, segment.segment, n,
                            last_metric.value + (n * 2654435761 % 1000) / 2000.0
                        FROM last_metric JOIN segment ON segment.run = last_metric.run, step""")) {
            fill.setInt(1, POINTS);
            fill.executeUpdate();
        }
        return project;
    }

    @Test
    void openingFilteringAndZooming() throws Exception {
        Path project = project();
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940)) {
            ui.run(() -> window.assembly().door().open(project));
            window.session();
            CompareModel model = window.session().compareController().model();
            ChartsModel charts = window.session().compareController().charts().model();
            ui.await("the runs are listed", 60, () -> model.rows().size() == RUNS);
            window.go("compare");
            ui.settle();
            for (int round = 0; round < 3; round++) {
                ui.run(() -> model.picked().clear());
                ui.settle();
                long start = System.nanoTime();
                ui.run(() -> model.picked().setAll(IntStream.rangeClosed(1, RUNS).boxed().toList()));
                ui.await("the first chart is drawn", 60, () -> !charts.charts().isEmpty()
                        && charts.charts().getFirst().series().size() == RUNS
                        && !ui.robot().lookup(".chart-canvas").queryAll().isEmpty());
                figures.add(RUNS + " runs x " + POINTS + " points x " + METRICS + " metrics: " + millis(start)
                        + " ms to the first chart drawn");
            }
            assertThat(ui.on(() -> charts.charts().getFirst().title())).isEqualTo("loss");
            ui.await("all charts are drawn", 120, () -> charts.charts().size() == METRICS);
            ui.picture("many-runs-light");
            filter(model);
            zoom();
            long start = System.nanoTime();
            ui.run(() -> window.session().compareController().star(1));
            ui.await("all runs are compared", 120, () -> model.comparisonProperty().get() != null
                    && model.comparisonProperty().get().baseline().isPresent());
            figures.add("compared with a baseline: " + millis(start) + " ms");
            Files.write(Path.of("target", "many-runs.txt"), figures);
        }
    }

    private void filter(CompareModel model) {
        for (String filter : List.of("seed = 2", "seed = 3 and loss > 100", "seed in (1, 2)")) {
            int before = ui.on(() -> model.rows().size());
            long start = System.nanoTime();
            ui.run(() -> model.filterProperty().set(filter));
            ui.await("filtered", 20, () -> model.rows().size() != before);
            figures.add("filter " + filter + ": " + millis(start) + " ms to " + ui.on(() -> model.rows().size())
                    + " lines");
        }
    }

    private void zoom() {
        ChartView view = (ChartView) ui.robot().lookup(".chart-canvas").queryAll().iterator().next();
        for (int round = 0; round < 3; round++) {
            double from = 3000 + 100 * round;
            long start = System.nanoTime();
            ui.run(() -> view.model().viewProperty().set(ViewPort.places(from, from + 1000)));
            ui.settle();
            figures.add("zoom: " + millis(start) + " ms to the next pulse that is idle");
        }
    }

    private static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
