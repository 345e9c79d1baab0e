package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.geometry.Bounds;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import preflab.app.chart.CloudView;
import preflab.app.compare.ExamplesModel;
import preflab.app.task.BusyProbe;
import preflab.app.ui.CssWarnings;
import preflab.app.ui.ProjectFixture;
import preflab.app.ui.Ui;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.engine.param.ParamValues;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunSpec;
import preflab.engine.train.TrainSettings;
import preflab.projects.chart.Cloud;
import preflab.projects.chart.CloudLayout;
import preflab.projects.compare.ExampleRow;
import preflab.projects.run.RunWorker;
import preflab.projects.workspace.Builtins;
import preflab.projects.workspace.Workspace;

/**
 * A thousand rows and three trained runs: scored, sorted, searched, scrolled and opened by clicks. The figures are logged
 * and written to {@code target/many-examples.txt}; what is asserted is that all of it succeeds.
 */
@Tag("slow")
class ManyExamplesTest {

    private static final int ROWS = Integer.getInteger("preflab.many.examples", 1000);

    private final Ui ui = Ui.get();
    private final List<String> figures = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path trained() {
        Path project = folder.resolve("many.preflab");
        try (Workspace workspace = Workspace.create(project)) {
            Builtins.install(workspace);
            ExampleView all = workspace.datasets().view(workspace.datasets().resolve(Builtins.PAIRS.dataset()));
            DatasetVersionId pairs = workspace.datasets().add("pairs", Kind.PAIRED,
                    IntStream.range(0, ROWS).mapToObj(all::get).iterator(), "");
            for (String objective : List.of("dpo", "ipo", "simpo")) {
                train(workspace, pairs, objective);
            }
        }
        return project;
    }

    private static void train(Workspace workspace, DatasetVersionId data, String objective) {
        RunSpec plain = ProjectFixture.spec(objective, objective, data, 1, 20);
        RunSpec spec = new RunSpec(plain.version(), objective, data, Optional.of(data), "builtin:sums",
                Optional.empty(), objective, plain.hyper(),
                ParamValues.parse(TrainSettings.ALL, Map.of("training.steps", "20", "training.batch_size", "16",
                        "optimizer.learning_rate", "0.0002", "schedule.warmup_ratio", "0", "samples.prompts", "4",
                        "evaluation.rows", "100", "evaluation.every", "0", "evaluation.kl_prompts", "0",
                        "evaluation.max_new_tokens", "32", "compute.threads", "1")));
        assertThat(RunWorker.execute(workspace, workspace.runs().create(spec), event -> {
        }).outcome()).isEqualTo(Outcome.FINISHED);
    }

    private static ExamplesModel examples(TestWindow window) {
        return window.session().compareController().examples().model();
    }

    private String detail() {
        return ui.find(VBox.class, "#compare-example").lookupAll(".label").stream()
                .map(node -> ((Label) node).getText()).collect(Collectors.joining("\n"));
    }

    private ListView<?> list() {
        return ui.find(ListView.class, "#compare-examples");
    }

    private void timed(String what, Runnable action) {
        long start = System.nanoTime();
        action.run();
        figures.add(String.format(Locale.ROOT, "%s: %.0f ms", what, (System.nanoTime() - start) / 1e6));
    }

    private void waited(BusyProbe probe) {
        figures.add(String.format(Locale.ROOT,
                "JavaFX thread: longest wait for a turn %.0f ms (its own processor time at most %.0f ms), %d of %d waits"
                        + " over 100 ms",
                probe.longestMillis(), probe.longestProcessorMillis(), probe.longerThan100Millis(), probe.turns()));
    }

    @Test
    void aThousandRowsOfSeveralRunsAreReadByClicks() throws IOException {
        Path project = trained();
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 1000)) {
            window.open(project, "compare");
            var model = window.session().compareController().model();
            ui.await("the runs are compared", () -> model.comparisonProperty().get() != null
                    && model.comparisonProperty().get().runs().size() == 3);
            ui.robot().clickOn("#compare-tab-examples");
            ExamplesModel examples = examples(window);
            ui.await("rows are listed", () -> examples.rows().size() == 100);
            try (BusyProbe probe = new BusyProbe()) {
                use(window, examples);
                waited(probe);
            }
            window.pictures("examples-many", 1100, 900);
            assertThat(window.errors().reportProperty().get()).isNull();
        }
        Files.write(Path.of("target", "many-examples.txt"), figures);
        figures.forEach(LoggerFactory.getLogger(ManyExamplesTest.class)::info);
        assertThat(CssWarnings.heard()).isEmpty();
    }

    private void use(TestWindow window, ExamplesModel examples) {
        timed("1,000 rows asked for", () -> {
            ComboBox<?> limit = ui.find(ComboBox.class, "#compare-examples-limit");
            ui.run(() -> limit.getSelectionModel().select(2));
            ui.await("all rows are listed", () -> list().getItems().size() == ROWS);
        });
        timed("scored by the reference and three runs, a process each", () -> {
            ui.robot().clickOn("#compare-score");
            ui.await("points are drawn before all is scored", 300, () -> cloud() != null);
            figures.add("points drawn while scoring goes on: " + examples.scoringProperty().get());
            ui.await("all is scored", 300, () -> !examples.scoringProperty().get()
                    && examples.completeProperty().get());
        });
        ui.settle();
        assertThat(cloud().points()).hasSize(ROWS);
        timed("sorted by the chosen that fell most", () -> {
            ComboBox<?> order = ui.find(ComboBox.class, "#compare-examples-order");
            ui.run(() -> order.getSelectionModel().select(2));
            ui.settle();
        });
        scroll();
        open(examples);
        search(window, examples);
    }

    private Cloud cloud() {
        return ui.on(() -> ui.find(CloudView.class, "#compare-cloud").cloudProperty().get());
    }

    private void scroll() {
        Random random = new Random(5);
        timed("200 jumps in the list", () -> {
            for (int i = 0; i < 200; i++) {
                int to = random.nextInt(ROWS);
                ui.run(() -> list().scrollTo(to));
                ui.settle();
            }
        });
    }

    /** The point farthest from all others is clicked: its line is selected and in sight, and it is read. */
    private void open(ExamplesModel examples) {
        Cloud.Point far = cloud().points().stream()
                .max((a, b) -> Double.compare(Math.hypot(a.x(), a.y()), Math.hypot(b.x(), b.y()))).orElseThrow();
        timed("a point clicked until its row is read", () -> {
            CloudView cloud = ui.find(CloudView.class, "#compare-cloud");
            double[] at = ui.on(() -> {
                double[] pixel = CloudLayout.of(cloud.cloudProperty().get(), Math.floor(cloud.getWidth()),
                        Math.floor(cloud.getHeight())).pixel(far);
                Bounds screen = cloud.localToScreen(cloud.getBoundsInLocal());
                return new double[]{screen.getMinX() + pixel[0], screen.getMinY() + pixel[1]};
            });
            ui.robot().clickOn(at[0], at[1]);
            ui.await("it is read", () -> detail().contains("Row " + (far.id() + 1) + " of pairs v1"));
        });
        ui.settle();
        assertThat(examples.selectedProperty().get()).isEqualTo(far.id());
        assertInSight(far.id());
    }

    private void assertInSight(int row) {
        ui.settle();
        assertThat(ui.on(() -> list().lookupAll(".list-cell").stream().map(ListCell.class::cast)
                .anyMatch(cell -> cell.isVisible() && cell.isSelected()
                        && ((ExampleRow) cell.getItem()).row() == row)))
                .as("its line is in sight").isTrue();
    }

    private void search(TestWindow window, ExamplesModel examples) {
        timed("searched for the number of a row", () -> {
            ui.robot().clickOn("#compare-examples-search").write("987");
            ui.await("it is found", () -> list().getItems().stream()
                    .anyMatch(row -> ((ExampleRow) row).row() == 986) && list().getItems().size() < ROWS / 10);
        });
        ui.run(() -> ui.find(TextField.class, "#compare-examples-search").clear());
        assertInSight(examples.selectedProperty().get());
        assertThat(list().getItems()).hasSize(ROWS);
        assertThat(window.errors().reportProperty().get()).isNull();
        assertThat(examples.rows()).hasSize(ROWS);
    }
}
