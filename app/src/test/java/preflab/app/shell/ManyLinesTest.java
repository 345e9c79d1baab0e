package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import preflab.app.compare.CompareController;
import preflab.app.compare.CompareModel;
import preflab.app.compare.CompareModel.Sorting;
import preflab.app.task.BusyProbe;
import preflab.app.ui.ProjectFixture;
import preflab.app.ui.Ui;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.Outcome;
import preflab.projects.compare.Grouping;
import preflab.projects.compare.RunRow;
import preflab.projects.workspace.Workspace;

/**
 * Five thousand runs in the table: no act holds the thread of the window for a tenth of a second of its own time.
 * Figures go to target/many-lines.txt.
 */
@Tag("slow")
class ManyLinesTest extends WithProject {

    private static final int RUNS = 5000;
    private static final double LIMIT = 100; // milliseconds

    private static final List<String> FIGURES = new ArrayList<>();

    private final SoftAssertions limits = new SoftAssertions();

    @AfterAll
    static void write() throws IOException {
        Files.write(Path.of("target", "many-lines.txt"), FIGURES);
    }

    @Test
    void theTableOfFiveThousandRunsNeverStutters() throws Exception {
        make();
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940); BusyProbe probe = new BusyProbe()) {
            window.open(project, "compare");
            CompareModel model = model(window);
            ui.await("all lines are there", 60, () -> model.rows().size() == RUNS
                    && model.comparisonProperty().get() != null && !model.busyProperty().get());
            act(probe, "sorted by a metric", () -> model.sortingProperty().set(new Sorting("eval/accuracy", true)),
                    () -> true);
            act(probe, "sorted by name", () -> model.sortingProperty().set(new Sorting("name", false)), () -> true);
            for (String filter : List.of("b", "beta > 0.2", "beta > 0.2 and objective = dpo")) {
                int before = ui.on(() -> model.rows().size());
                act(probe, "filter " + filter, () -> model.filterProperty().set(filter), () -> filter.equals("b")
                        ? !model.filterProblemProperty().get().isEmpty()
                        : model.rows().size() < before);
            }
            ui.picture("many-lines-filtered-light");
            act(probe, "no filter", () -> model.filterProperty().set(""), () -> model.rows().size() == RUNS);
            act(probe, "a column more", () -> model.columns().add("objective.beta"), () -> true);
            act(probe, "a column less", () -> model.columns().remove("loss"), () -> true);
            act(probe, "the baseline pinned", () -> controller(window).star(3), () -> model.rows().getFirst()
                    .cell("eval/accuracy").versusBaseline().isPresent());
            act(probe, "sorted while a baseline is pinned",
                    () -> model.sortingProperty().set(new Sorting("eval/accuracy", false)), () -> true);
            ui.picture("many-lines-baseline-light");
            act(probe, "grouped by all but the seed", () -> model.groupingProperty().set(Grouping.ALL_BUT_SEED),
                    () -> model.rows().size() < RUNS);
            act(probe, "grouped by objective", () -> model.groupingProperty().set(Grouping.by(List.of("objective"))),
                    () -> model.rows().size() == 3);
            act(probe, "no baseline", () -> controller(window).star(3), () -> model.baselineProperty().get() == null);
            act(probe, "a group of thousands picked", () -> {
                table().getSelectionModel().clearAndSelect(0);
                table().requestFocus();
            }, () -> true);
            press(probe, "space on it", () -> model.picked().size() == 250, KeyCode.SPACE);
            ui.picture("many-lines-picked-light");
            act(probe, "none picked", () -> model.picked().clear(), () -> model.comparisonProperty().get() == null);
            act(probe, "a line for each run", () -> model.groupingProperty().set(Grouping.NONE),
                    () -> model.rows().size() == RUNS);
            ui.run(table()::requestFocus);
            press(probe, "all lines selected", () -> table().getSelectionModel().getSelectedItems().size() == RUNS,
                    KeyCode.CONTROL, KeyCode.A);
            press(probe, "all archived", () -> model.rows().isEmpty(), KeyCode.A);
            ui.picture("many-lines-archived-light");
            ui.run(() -> ui.find(Button.class, "#compare-undo").fire());
            ui.await("taken back", 60, () -> model.rows().size() == RUNS);
            figure(probe, "taken back");
        }
        limits.assertAll();
    }

    private void act(BusyProbe probe, String what, Runnable act, Callable<Boolean> until) {
        probe.reset();
        ui.run(act);
        ui.await(what, 60, until);
        figure(probe, what);
    }

    private void press(BusyProbe probe, String what, Callable<Boolean> until, KeyCode... keys) {
        probe.reset();
        ui.robot().push(keys);
        ui.await(what, 60, until);
        figure(probe, what);
    }

    private void figure(BusyProbe probe, String what) {
        ui.settle();
        double own = probe.longestProcessorMillis();
        FIGURES.add(String.format(Locale.ROOT, "%7.1f ms of its own, %7.1f ms waited  %s", own, probe.longestMillis(),
                what));
        limits.assertThat(own).as(what).isLessThan(LIMIT);
    }

    @SuppressWarnings("unchecked")
    private TableView<RunRow> table() {
        return ui.find(TableView.class, "#compare-runs");
    }

    private static CompareController controller(TestWindow window) {
        return window.session().compareController();
    }

    private static CompareModel model(TestWindow window) {
        return controller(window).model();
    }

    /** Three runs, and copies of them with other seeds and β, written by SQLite itself. */
    private void make() throws SQLException {
        try (Workspace workspace = Workspace.open(project)) {
            DatasetVersionId pairs = ProjectFixture.addData(workspace).getFirst();
            for (String objective : List.of("dpo", "ipo", "sft")) {
                ProjectFixture.addRun(workspace, objective, objective, pairs, 1, 40, Outcome.FINISHED);
            }
        }
        String copies = "WITH RECURSIVE copy(n) AS (SELECT 4 UNION ALL SELECT n + 1 FROM copy WHERE n < " + RUNS + ") ";
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + project.resolve("project.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(copies + """
                    INSERT INTO run (id, name, objective, dataset, dataset_version, dataset_sha256, model, seed,
                        total_steps, last_step, spec, created)
                    SELECT n, name || ' β ' || ((n % 50 + 1) / 100.0), objective, dataset, dataset_version,
                        dataset_sha256, model, n % 5 + 1, total_steps, last_step,
                        json_set(spec, '$.settings."training.seed"', n % 5 + 1, '$.hyper.beta', (n % 50 + 1) / 100.0),
                        created + n
                    FROM copy JOIN run ON run.id = n % 3 + 1""");
            statement.execute(copies + """
                    INSERT INTO segment (run, segment, from_step, started, environment, outcome, end_step, message,
                        ended)
                    SELECT n, segment, from_step, started, environment, outcome, end_step, message, ended
                    FROM copy JOIN segment ON segment.run = n % 3 + 1""");
            for (String table : List.of("metric (run, key, segment, step, value) SELECT n, key, segment, step",
                    "last_metric (run, key, step, value) SELECT n, key, step")) {
                String name = table.substring(0, table.indexOf(' '));
                statement.execute(
                        copies + "INSERT INTO " + table + ", value + (n * 2654435761 % 1000) / 5000.0 FROM copy"
                                + " JOIN " + name + " ON " + name + ".run = n % 3 + 1");
            }
        }
        assertThat(Files.exists(project.resolve("project.db"))).isTrue();
    }
}
