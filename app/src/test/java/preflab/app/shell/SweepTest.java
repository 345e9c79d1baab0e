package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.chart.ChartView;
import preflab.app.compare.ChartsModel;
import preflab.app.compare.CompareModel;
import preflab.app.ui.CssWarnings;
import preflab.app.ui.ProjectFixture;
import preflab.app.ui.Ui;
import preflab.projects.chart.Chart;
import preflab.projects.chart.ViewPort;
import preflab.projects.compare.RunRow;
import preflab.projects.workspace.Workspace;

/** Nine runs of a sweep over β with three seeds each: what one wants to know of them, by clicks and keys alone. */
class SweepTest {

    private final Ui ui = Ui.get();

    @TempDir
    private Path folder;

    private Path project;

    @BeforeEach
    void runs() {
        project = folder.resolve("sweep");
        try (Workspace workspace = Workspace.create(project)) {
            ProjectFixture.addSweep(workspace, ProjectFixture.addData(workspace).getFirst());
        }
    }

    private TestWindow open() {
        TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940);
        window.open(project, "compare");
        return window;
    }

    private static CompareModel model(TestWindow window) {
        return window.session().compareController().model();
    }

    private static ChartsModel charts(TestWindow window) {
        return window.session().compareController().charts().model();
    }

    @Test
    void whichBetaIsBestAndIsTheDifferenceReal() {
        try (TestWindow window = open()) {
            ui.robot().clickOn("#compare-but-seed");
            ui.await("a line for each β", () -> model(window).rows().size() == 3);
            clickHeader("eval/accuracy");
            clickHeader("eval/accuracy"); // ascending, then descending
            ui.picture("sweep-sorted-light");
            List<RunRow> lines = ui.on(() -> List.copyOf(table().getItems()));
            assertThat(lines.getFirst().name()).as("best first").isEqualTo("dpo β 0.1");

            ui.robot().clickOn(table().lookup(".table-row-cell")).push(KeyCode.DOWN).push(KeyCode.B);
            ui.await("the runner-up is the baseline", () -> lines.get(1).numbers()
                    .contains(model(window).baselineProperty().get()));
            assertThat(ui.on(() -> table().getItems().getFirst().name())).as("the order stays").isEqualTo("dpo β 0.1");
            pickFirstTwo(window);
            ui.await("both are compared", () -> model(window).comparisonProperty().get() != null
                    && model(window).comparisonProperty().get().claims().size() == 1
                    && model(window).comparisonProperty().get().claims().getFirst().ourRuns().size() == 3
                    && model(window).comparisonProperty().get().claims().getFirst().theirRuns().size() == 3);
            ui.robot().clickOn("#compare-tab-evidence");
            ui.settle();
            String sentence = ui.find(VBox.class, "#compare-evidence").lookupAll(".label").stream()
                    .map(node -> ((Label) node).getText()).collect(Collectors.joining("\n"));
            assertThat(sentence).contains("dpo β 0.1 beats dpo β 0.5 by", "400 problems", "× 3 seeds",
                    "Best of 2 ways of training on validation: dpo β 0.1");
            assertThat(ui.find(Label.class, "#compare-test-none").getText()).startsWith("No version here is called");
            ui.picture("sweep-which-beta-light");
        }
    }

    /** The headless platform's robot releases a button as if it were still down, which a header takes for a drag. */
    private void clickHeader(String column) {
        Node header = ui.robot().lookup(".column-header").lookup(column).<Node>query().getParent();
        ui.run(() -> {
            for (EventType<MouseEvent> type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
                Event.fireEvent(header, new MouseEvent(type, 5, 5, 5, 5, MouseButton.PRIMARY, 1, false, false, false,
                        false, type.equals(MouseEvent.MOUSE_PRESSED), false, false, false, false, true, null));
            }
        });
        ui.settle();
    }

    /** Leaves only the baseline's line and the one above it picked. */
    private void pickFirstTwo(TestWindow window) {
        List<RunRow> lines = ui.on(() -> List.copyOf(table().getItems()));
        for (int line = 0; line < lines.size(); line++) {
            int row = line;
            ui.run(() -> table().getSelectionModel().clearAndSelect(row));
            for (int press = 0; press < 2; press++) { // a line picked in part is picked whole first
                long picked = ui.on(() -> lines.get(row).numbers().stream()
                        .filter(model(window).picked()::contains).count());
                if (picked != (row < 2 ? lines.get(row).numbers().size() : 0)) {
                    ui.robot().push(KeyCode.SPACE);
                    ui.settle();
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private TableView<RunRow> table() {
        return ui.find(TableView.class, "#compare-runs");
    }

    @Test
    void chartsAreDrawnOverWhatIsAskedAndZoomed() {
        try (TestWindow window = open()) {
            ChartsModel charts = charts(window);
            ui.run(() -> model(window).runs().forEach(run -> {
                if (!model(window).picked().contains(run.id())) {
                    window.session().compareController().toggle(run.id());
                }
            }));
            ui.await("all charts are read", () -> charts.charts().size() == 4
                    && charts.charts().getFirst().series().size() == 9);
            choose("tokens");
            ui.await("counted in tokens", () -> charts.charts().size() == 4 && over(charts, "tokens"));
            ui.picture("sweep-tokens-light");
            ui.robot().clickOn("#charts-seeds");
            ui.await("a line for each β", () -> charts.charts().getFirst().series().size() == 3);
            choose("step");
            ui.await("counted in steps", () -> charts.charts().size() == 4 && over(charts, "step"));
            ui.picture("sweep-bands-light");
            window.dress(Theme.DARK);
            ui.picture("sweep-bands-dark");

            enlarge(window, "loss");
            zoom();
            ui.await("zoomed", () -> charts.viewProperty().get().isZoomed());
            ui.picture("sweep-zoomed-dark");
            ViewPort zoomed = charts.viewProperty().get();
            dragWithShift(-60);
            ViewPort moved = charts.viewProperty().get();
            assertThat(moved.fromX()).as("dragged to the left, later steps come in").isGreaterThan(zoomed.fromX() + 10);
            assertThat(moved.toX() - moved.fromX()).as("no more and no less of it")
                    .isCloseTo(zoomed.toX() - zoomed.fromX(), within(1e-6));
            ui.run(() -> Event.fireEvent(ui.find(Node.class, "#compare-chart-large").lookup(".chart-canvas"),
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.LEFT, true, false, false, false)));
            assertThat(charts.viewProperty().get().fromX()).as("by a key").isLessThan(moved.fromX());
            ui.robot().clickOn("#charts-apart");
            ui.settle();
            assertThat(apart()).hasSize(3).allMatch(chart -> chart.yLabel().equals("loss"))
                    .extracting(Chart::title).allMatch(title -> title.startsWith("dpo β"));
            assertThat(apart()).as("one scale").extracting(chart -> chart.series().size()).containsOnly(1);
            ui.picture("sweep-apart-dark");
            window.dress(Theme.LIGHT);
            ui.picture("sweep-apart-light");
            ui.robot().clickOn("#charts-whole");
            assertThat(charts.viewProperty().get().isZoomed()).isFalse();
            ui.robot().clickOn("#charts-overlay").clickOn("#charts-log-y").clickOn("#charts-log-x");
            ui.settle();
            ui.picture("sweep-log-light");
            ui.robot().push(KeyCode.ESCAPE);
            assertThat(charts.enlargedProperty().get()).isEmpty();

            choose("beta (setting)");
            ui.await("a point for each run", () -> over(charts, "beta"));
            assertThat(charts.logXProperty().get()).as("0.01 to 0.5 is wide").isTrue();
            ui.picture("sweep-setting-light");
            choose("kl");
            ui.await("over another metric", () -> over(charts, "kl"));
            ui.resize(Ui.NARROW, 720);
            ui.picture("sweep-metric-narrow-light");
            assertThat(CssWarnings.heard()).isEmpty();
        }
    }

    @Test
    void aZoomedChartIsReadInDetailUpToEveryLoggedPoint() {
        try (TestWindow window = open()) {
            ChartsModel charts = charts(window);
            ui.await("all charts are read", () -> charts.charts().size() == 4);
            enlarge(window, "loss");
            zoom();
            ui.await("read in detail", () -> charts.drawnOf("loss").series().getFirst().points().size() > 500);
            Chart detail = charts.drawnOf("loss");
            long first = detail.series().getFirst().points().step(0);
            assertThat(detail.series().getFirst().points().step(400)).as("no step is left out").isEqualTo(first + 400);
        }
    }

    private List<Chart> apart() {
        return ui.on(() -> ui.robot().lookup(".chart-canvas").queryAll().stream().filter(ChartView.class::isInstance)
                .map(ChartView.class::cast).map(view -> view.model().chartProperty().get()).toList());
    }

    private void choose(String axis) {
        ui.robot().clickOn("#charts-axis");
        ui.settle();
        ui.robot().clickOn(ui.robot().lookup(".combo-box-popup .list-cell").lookup(axis).<Node>query());
        ui.settle();
    }

    private static boolean over(ChartsModel charts, String axis) {
        return !charts.charts().isEmpty()
                && charts.charts().stream().allMatch(chart -> chart.xLabel().equals(axis));
    }

    private void enlarge(TestWindow window, String metric) {
        ui.run(() -> charts(window).enlargedProperty().set(""));
        Node chart = ui.robot().lookup(".chart-canvas").queryAll().stream()
                .filter(node -> ((ChartView) node).model().chartProperty().get().title().equals(metric)).findFirst()
                .orElseThrow();
        ui.run(chart::requestFocus);
        ui.robot().push(KeyCode.ENTER);
        ui.settle();
    }

    /** With Shift, which the headless platform's robot does not add to what the mouse does. */
    private void dragWithShift(double pixels) {
        ui.run(() -> {
            Node chart = ui.find(Node.class, "#compare-chart-large").lookup(".chart-canvas");
            double from = chart.getBoundsInLocal().getCenterX();
            fire(chart, MouseEvent.MOUSE_PRESSED, from);
            fire(chart, MouseEvent.MOUSE_DRAGGED, from + pixels);
            fire(chart, MouseEvent.MOUSE_RELEASED, from + pixels);
        });
    }

    private static void fire(Node chart, EventType<MouseEvent> type, double x) {
        Event.fireEvent(chart, new MouseEvent(type, x, 100, x, 100, MouseButton.PRIMARY, 1, true, false, false, false,
                true, false, false, false, false, false, null));
    }

    /** Drags over the middle third of the large chart. */
    private void zoom() {
        Bounds at = ui.on(() -> {
            Node large = ui.find(Node.class, "#compare-chart-large");
            return large.localToScreen(large.getBoundsInLocal());
        });
        double y = at.getCenterY();
        ui.robot().moveTo(at.getMinX() + at.getWidth() / 3, y).press(MouseButton.PRIMARY)
                .moveTo(at.getMinX() + 2 * at.getWidth() / 3, y).release(MouseButton.PRIMARY);
        ui.settle();
    }
}
