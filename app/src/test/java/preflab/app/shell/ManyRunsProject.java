package preflab.app.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import preflab.app.ui.ProjectFixture;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.projects.store.EventWriter;
import preflab.projects.store.RunStore;
import preflab.projects.workspace.Workspace;

/**
 * Makes a project of many long runs. In a process of its own, so that whoever opens it afterwards meets the store, the
 * database and the readers of settings as cold as a person does who has just started the program.
 */
public final class ManyRunsProject {

    private ManyRunsProject() {
    }

    /** Arguments: the project's folder, runs, points, metrics. */
    public static void main(String[] arguments) throws SQLException {
        make(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]));
    }

    /** Makes the project in another process and waits until it is there. */
    static void make(Path project, int runs, int points, int metrics, Path log)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ManyRunsProject.class.getName(), project.toString(), String.valueOf(runs), String.valueOf(points),
                String.valueOf(metrics))).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the project could not be made: " + log);
        }
    }

    private static void make(Path project, int runs, int points, int metrics) throws SQLException {
        try (Workspace workspace = Workspace.create(project)) {
            DatasetVersionId data = ProjectFixture.addData(workspace).getFirst();
            for (int run = 0; run < runs; run++) {
                Map<String, Double> last = new HashMap<>();
                for (int key = 0; key < metrics; key++) {
                    last.put(key == 0 ? "loss" : "metric/" + key, run / 400.0 + key / 100.0);
                }
                int id = workspace.runs().create(ProjectFixture.spec("dpo", "run " + run, data, 1 + run % 4, points));
                try (EventWriter writer = workspace.runs().writer(id)) {
                    writer.on(new RunEvent.Started(Map.of("device", "cpu")));
                    writer.on(new RunEvent.Measured(points, last));
                    fill(workspace.runs(), project, id, last.keySet(), points);
                    writer.on(new RunEvent.Ended(Outcome.FINISHED, points, "", Map.of()));
                }
            }
        }
    }

    /** All other points of a run, falling and noisy, written by SQLite itself: 24 million one by one take minutes. */
    private static void fill(RunStore runs, Path project, int run, Set<String> metrics, int points)
            throws SQLException {
        while (!runs.metricKeys(run).containsAll(metrics)) {
            Thread.onSpinWait(); // its last point is stored a moment later, in a thread of the writer's
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + project.resolve("project.db"));
                PreparedStatement fill = connection.prepareStatement("""
                        WITH RECURSIVE step(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM step WHERE n < ?1 - 1)
                        INSERT INTO metric (run, key, segment, step, value)
                        SELECT run, key, 1, n, value + 2000.0 / (2000 + n) + (n * 2654435761 % 1000) / 5000.0
                        FROM last_metric, step WHERE run = ?2""")) {
            connection.createStatement().execute("PRAGMA busy_timeout = 10000");
            fill.setInt(1, points);
            fill.setInt(2, run);
            fill.executeUpdate();
        }
    }
}
