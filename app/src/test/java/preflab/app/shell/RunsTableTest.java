package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import preflab.app.chart.ChartView;
import preflab.app.compare.CompareController;
import preflab.app.compare.CompareModel;
import preflab.app.compare.CompareModel.Sorting;
import preflab.app.train.TrainModel;
import preflab.app.ui.CssWarnings;
import preflab.app.ui.ProjectFixture;
import preflab.app.ui.Ui;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.store.DatasetInfo;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.projects.compare.Difference;
import preflab.projects.compare.Grouping;
import preflab.projects.compare.RunRow;
import preflab.projects.store.EventWriter;
import preflab.projects.store.LateEvaluation;
import preflab.projects.store.RunLock;
import preflab.projects.store.RunMark;
import preflab.projects.workspace.Workspace;

/** What a person does to the lines of the table and reads beside it, by clicks and keys. */
class RunsTableTest extends WithProject {

    private void threeRuns() {
        try (Workspace workspace = Workspace.open(project)) {
            DatasetVersionId pairs = ProjectFixture.addData(workspace).getFirst();
            ProjectFixture.addRun(workspace, "dpo", "dpo", pairs, 1, 80, Outcome.FINISHED);
            ProjectFixture.addRun(workspace, "ipo", "ipo", pairs, 2, 80, Outcome.FINISHED);
            ProjectFixture.addRun(workspace, "sft", "sft", pairs, 3, 60, Outcome.FINISHED);
            workspace.runs().mark(List.of(2), mark -> mark.withTags(List.of("keep")).withNote("the second"));
        }
    }

    private TestWindow open() {
        TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940);
        window.open(project, "compare");
        ui.await("the runs are compared", () -> model(window).comparisonProperty().get() != null
                && !model(window).busyProperty().get());
        return window;
    }

    private static CompareController controller(TestWindow window) {
        return window.session().compareController();
    }

    private static CompareModel model(TestWindow window) {
        return controller(window).model();
    }

    private static Map<Integer, RunMark> marks(TestWindow window) {
        return window.session().workspace().runs().marks();
    }

    @SuppressWarnings("unchecked")
    private TableView<RunRow> table() {
        return ui.find(TableView.class, "#compare-runs");
    }

    private void select(int... lines) {
        ui.run(() -> {
            table().getSelectionModel().clearSelection();
            table().getSelectionModel().selectIndices(lines[0], lines);
            table().requestFocus();
        });
    }

    @Test
    void tagsGivenToSeveralLinesAreAddedToWhatEachHas() {
        threeRuns();
        try (TestWindow window = open()) {
            ui.robot().clickOn("#compare-tab-run");
            select(0, 1); // runs 3 and 2
            ui.await("both are shown as one", () -> model(window).selectedProperty().get().numbers().size() == 2
                    && model(window).detailsProperty().get() != null);
            ui.robot().clickOn("#compare-tags").write("good").push(KeyCode.ENTER);
            ui.await("stored", () -> marks(window).getOrDefault(3, RunMark.NONE).tags().contains("good"));
            assertThat(marks(window).get(2).tags()).containsExactly("good", "keep");
            assertThat(marks(window).get(2).note()).as("a note nobody touched").isEqualTo("the second");
            assertThat(ui.on(() -> table().getItems().get(1).cell("tags").text())).isEqualTo("good, keep");
            assertThat(ui.on(() -> table().getSelectionModel().getSelectedItems().size())).as("still selected")
                    .isEqualTo(2);
            window.pictures("compare-many-selected", 940, 720);
            ui.robot().clickOn("#compare-undo");
            ui.await("taken back", () -> marks(window).get(3).tags().isEmpty());
            assertThat(marks(window).get(2).tags()).containsExactly("keep");
            assertThat(CssWarnings.heard()).isEmpty();
        }
    }

    @Test
    void runsAreArchivedAndTakenBackByKeys() {
        threeRuns();
        try (TestWindow window = open()) {
            select(1);
            ui.robot().push(KeyCode.A);
            ui.await("put away", () -> model(window).rows().size() == 2);
            ui.picture("compare-archived-light");
            ui.run(table()::requestFocus);
            ui.robot().push(KeyCode.CONTROL, KeyCode.Z);
            ui.await("back", () -> model(window).rows().size() == 3);
            assertThat(marks(window).get(2).archived()).isFalse();
            assertThat(marks(window).get(2).tags()).as("all else is what it was").containsExactly("keep");
        }
    }

    @Test
    void aNoteBeingTypedStaysWhileItsRunGoesOnAndItsChartsGrow() {
        threeRuns();
        try (Workspace workspace = Workspace.open(project)) {
            int run = workspace.runs().create(ProjectFixture.spec("dpo", "under way",
                    workspace.runs().list().getFirst().dataset(), 4, 400));
            try (RunLock lock = workspace.runs().lock(run); EventWriter writer = workspace.runs().writer(run)) {
                writer.on(new RunEvent.Started(Map.of("device", "cpu")));
                measure(writer, 1, 40);
                try (TestWindow window = open()) {
                    ui.await("its line is there", () -> points(window, "under way") > 0);
                    int before = ui.on(() -> points(window, "under way"));
                    ui.robot().clickOn("#compare-tab-run");
                    select(0);
                    ui.await("its details are there", () -> model(window).detailsProperty().get() != null
                            && model(window).detailsProperty().get().run().id() == run);
                    ui.robot().clickOn("#compare-note-text").write("falls too fast");
                    measure(writer, 41, 120);
                    ui.await("the line in the chart grows", () -> points(window, "under way") >= before + 80);
                    ui.await("the line in the table goes on",
                            () -> model(window).detailsProperty().get().run().lastStep() == 120);
                    assertThat(ui.find(TextArea.class, "#compare-note-text").getText()).isEqualTo("falls too fast");
                    assertThat(ui.on(() -> ui.find(TextArea.class, "#compare-note-text").isFocused())).isTrue();
                    window.pictures("compare-under-way", 940, 720);
                    select(1);
                    ui.await("kept when another line is selected",
                            () -> marks(window).getOrDefault(run, RunMark.NONE).note().equals("falls too fast"));
                    writer.on(new RunEvent.Ended(Outcome.STOPPED, 120, "", Map.of()));
                    assertThat(lock).isNotNull();
                }
            }
        }
    }

    private static void measure(EventWriter writer, int from, int to) {
        for (int step = from; step <= to; step++) {
            writer.on(new RunEvent.Measured(step, Map.of("loss", 1.0 / step)));
        }
    }

    private static int points(TestWindow window, String name) {
        return controller(window).charts().model().charts().stream().filter(chart -> chart.title().equals("loss"))
                .flatMap(chart -> chart.series().stream()).filter(line -> line.name().startsWith(name))
                .mapToInt(line -> line.points().size()).max().orElse(0);
    }

    @Test
    void howTheTableLooksIsRememberedForTheNextSitting() {
        threeRuns();
        try (TestWindow window = open()) {
            ui.run(() -> {
                model(window).columns().setAll("name", "seed", "loss");
                model(window).groupingProperty().set(Grouping.by(List.of("objective")));
                model(window).sortingProperty().set(new Sorting("loss", true));
                controller(window).star(1);
            });
        }
        try (TestWindow window = open()) {
            assertThat(model(window).columns()).containsExactly("name", "seed", "loss");
            assertThat(model(window).groupingProperty().get()).isEqualTo(Grouping.by(List.of("objective")));
            assertThat(model(window).baselineProperty().get()).isEqualTo(1);
            assertThat(model(window).picked()).contains(1);
            assertThat(ui.on(() -> table().getSortOrder().getFirst().getText())).isEqualTo("loss");
            assertThat(ui.on(() -> table().getItems().stream().map(row -> row.cell("loss").number().orElseThrow())
                    .toList())).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void columnsAreChosenSortedAndMoved() {
        threeRuns();
        try (TestWindow window = open()) {
            ui.robot().clickOn("#compare-columns");
            ui.settle();
            ui.robot().clickOn("#compare-chooser-search").write("objective.beta");
            ui.settle();
            ui.robot().clickOn(ui.robot().lookup("#compare-chooser .check-box").<Node>query());
            ui.await("a column of its own", () -> model(window).columns().contains("objective.beta"));
            ui.picture("compare-chooser-light");
            ComboBox<String> sort = ui.find(ComboBox.class, "#compare-sort");
            ui.run(() -> sort.setValue("seed"));
            ui.run(() -> ui.find(CheckBox.class, "#compare-sort-down").fire());
            assertThat(ui.on(() -> table().getItems().stream().map(row -> row.cell("seed").text()).toList()))
                    .containsExactly("3", "2", "1");
            ui.robot().push(KeyCode.ESCAPE);
            ui.run(() -> { // as a person drags a head to the end
                var column = table().getColumns().get(3);
                table().getColumns().remove(column);
                table().getColumns().add(column);
            });
            ui.run(() -> controller(window).star(1)); // looks at all columns anew
            assertThat(ui.on(() -> table().getColumns().getLast().getText())).isEqualTo("Name");
        }
    }

    @Test
    void allRunsOfTheTableArePickedOrNone() {
        threeRuns();
        try (TestWindow window = open()) {
            ui.robot().clickOn("#compare-pick-all");
            ui.await("none", () -> model(window).picked().isEmpty());
            ui.picture("compare-none-picked-light");
            ui.run(() -> model(window).filterProperty().set("seed > 1"));
            ui.await("two fit", () -> model(window).rows().size() == 2);
            ui.robot().clickOn("#compare-pick-all");
            assertThat(ui.on(() -> List.copyOf(model(window).picked()))).containsExactlyInAnyOrder(2, 3);
            int colour = ui.on(() -> model(window).slot(3));
            ui.run(() -> controller(window).toggle(2));
            ui.run(() -> controller(window).toggle(3));
            ui.run(() -> controller(window).toggle(3));
            assertThat(ui.on(() -> model(window).slot(3))).as("the colour of its number").isEqualTo(colour)
                    .isEqualTo(2);
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void settingsDataAndEnvironmentsStandSideBySideTheBaselineFirst() {
        threeRuns();
        try (Workspace workspace = Workspace.open(project)) {
            DatasetVersionId answers = workspace.datasets().list().stream().map(DatasetInfo::id)
                    .filter(id -> id.dataset().equals("sums-answers")).findFirst().orElseThrow();
            ProjectFixture.addRun(workspace, "kto", "kto with a name that is longer than its column is wide", answers,
                    4, 60, Outcome.FINISHED);
        }
        try (TestWindow window = open()) {
            ui.run(() -> controller(window).star(2));
            ui.await("against run 2", () -> !model(window).busyProperty().get()
                    && model(window).comparisonProperty().get().baseline().isPresent());
            ui.robot().clickOn("#compare-tab-differences");
            ui.settle();
            TableView<Difference> table = ui.find(TableView.class, "#compare-differences");
            assertThat(ui.on(() -> table.getColumns().get(1).getText())).isEqualTo("★ ipo");
            assertThat(ui.on(() -> List.copyOf(table.getItems()))).allMatch(Difference::differs)
                    .extracting(Difference::name).contains("dataset", "dataset rows", "dataset kind", "training.seed");
            int differing = table.getItems().size();
            window.pictures("compare-side-by-side", 940, 720);
            ui.robot().clickOn("#compare-differences-all");
            ui.settle();
            assertThat(ui.on(() -> List.copyOf(table.getItems()))).hasSizeGreaterThan(differing + 20)
                    .extracting(Difference::group).contains("environment");
            assertThat(ui.find(Label.class, "#compare-differences-count").getText()).startsWith(differing + " of ");
            ui.resize(Ui.WIDE, 940);
            ui.picture("compare-side-by-side-all-dark");
            ui.robot().clickOn("#compare-differences-search").write("threads");
            ui.settle();
            assertThat(ui.on(() -> List.copyOf(table.getItems()))).extracting(Difference::name).contains("threads")
                    .allMatch(name -> name.contains("threads"));
            ui.run(() -> ui.find(TextField.class, "#compare-differences-search").clear());

            ui.resize(Ui.WIDE, 940);
            ui.robot().clickOn("#compare-copy-1");
            ui.await("copied", () -> model(window).savedProperty().get().startsWith("Copied"));
            assertThat(ui.on(() -> Clipboard.getSystemClipboard().getString()))
                    .isEqualTo(window.session().workspace().runs().specJson(1));
        }
    }

    @Test
    void oneCursorMovesThroughAllCharts() {
        threeRuns();
        try (TestWindow window = open()) {
            window.dress(Theme.DARK);
            List<ChartView> charts = ui.on(() -> ui.robot().lookup(".chart-canvas").queryAll().stream()
                    .filter(ChartView.class::isInstance).map(ChartView.class::cast).toList());
            Bounds at = ui.on(() -> charts.getFirst().localToScreen(charts.getFirst().getBoundsInLocal()));
            ui.robot().moveTo(at.getMinX() + at.getWidth() / 2, at.getMinY() + at.getHeight() / 2);
            ui.settle();
            double place = charts.getFirst().model().cursorProperty().get();
            assertThat(place).isBetween(20.0, 70.0);
            assertThat(charts).hasSizeGreaterThan(3)
                    .allMatch(chart -> chart.model().cursorProperty().get() == place);
            ui.picture("compare-cursor-dark");
        }
    }

    @Test
    void smoothingIsOffUntilAskedForAndSaysWhatItIs() {
        threeRuns();
        try (TestWindow window = open()) {
            var charts = controller(window).charts().model().charts();
            assertThat(ui.on(() -> charts.stream().allMatch(chart -> chart.smoothing() == 0))).isTrue();
            ui.robot().clickOn("Smooth");
            ui.await("smoothed", () -> charts.stream().allMatch(chart -> chart.smoothing() == 0.9)
                    && charts.getFirst().series().getFirst().smooth().size() > 0);
            window.pictures("compare-smoothed", 940, 720);
            ui.robot().clickOn("Smooth");
            ui.await("raw again", () -> charts.stream().allMatch(chart -> chart.smoothing() == 0));
        }
    }

    @Test
    void aRunsSettingsAreTakenOverIntoTheTrainForm() {
        threeRuns();
        try (TestWindow window = open()) {
            select(1); // run 2
            ui.robot().push(KeyCode.D);
            ui.await("the form is shown", () -> window.assembly().model().screenProperty().get().equals("train"));
            TrainModel form = window.session().trainController().model();
            assertThat(ui.on(() -> form.nameProperty().get())).isEqualTo("ipo");
            assertThat(ui.on(() -> form.objectiveProperty().get().id())).isEqualTo("ipo");
            assertThat(ui.on(() -> form.basic().values().orElseThrow().asText())).containsEntry("training.seed", "2")
                    .containsEntry("training.steps", "80");
        }
    }

    @Test
    void whatIsNoOrdinaryPointIsMarkedAsWhatItIs() {
        try (Workspace workspace = Workspace.open(project)) {
            DatasetVersionId pairs = ProjectFixture.addData(workspace).getFirst();
            ProjectFixture.addRun(workspace, "dpo", "without trouble", pairs, 1, 80, Outcome.FINISHED);
            int run = workspace.runs().create(ProjectFixture.spec("dpo", "with trouble", pairs, 2, 80));
            try (EventWriter writer = workspace.runs().writer(run)) {
                writer.on(new RunEvent.Started(Map.of("device", "cpu")));
                for (int step = 1; step <= 60; step++) {
                    double loss = switch (step) {
                        case 10, 12 -> Double.NaN; // and a single point between them
                        case 20 -> Double.POSITIVE_INFINITY;
                        case 25 -> Double.NEGATIVE_INFINITY;
                        default -> 0.7 - step / 200.0;
                    };
                    writer.on(new RunEvent.Measured(step, Map.of("loss", loss)));
                }
                writer.on(new RunEvent.Measured(40, Map.of("eval/accuracy", 0.5)));
                writer.on(new RunEvent.Measured(60, Map.of("eval/accuracy", 0.58)));
                writer.on(new RunEvent.Ended(Outcome.STOPPED, 60, "", Map.of()));
            }
            try (EventWriter writer = workspace.runs().writer(run, 50)) {
                writer.on(new RunEvent.Started(Map.of("device", "cpu")));
                for (int step = 51; step <= 80; step++) {
                    writer.on(new RunEvent.Measured(step, Map.of("loss", 0.4 - step / 400.0)));
                }
                writer.on(new RunEvent.Ended(Outcome.FINISHED, 80, "", Map.of()));
            }
            workspace.runs().afterTraining().keep(new LateEvaluation(run, 80,
                    new DatasetVersionId("kept-back", 1, "c".repeat(64)), "greedy", Instant.EPOCH,
                    Map.of("eval/accuracy", 0.62), List.of()));
        }
        try (TestWindow window = open()) {
            var charts = controller(window).charts().model();
            ui.await("read", () -> charts.charts().size() > 3);
            assertThat(ui.on(() -> charts.drawnOf("eval/accuracy").series().stream().map(line -> line.name()).toList()))
                    .contains("with trouble: kept-back v1, asked later");
            var loss = ui.on(() -> charts.drawnOf("loss"));
            assertThat(loss.markers()).extracting(marker -> marker.text())
                    .containsExactly("with trouble: resumed after step 50");
            var line = loss.series().stream().filter(one -> one.name().equals("with trouble")).findFirst()
                    .orElseThrow().points();
            assertThat(line.size()).as("what was logged before the resumption gives way").isEqualTo(80);
            assertThat(line.value(9)).isNaN();
            assertThat(line.value(19)).isInfinite();
            window.pictures("compare-marks", 940, 720);
            assertThat(CssWarnings.heard()).isEmpty();
        }
    }

    @Test
    void aFilterThatNamesNothingOffersWhatMayBeMeant() {
        threeRuns();
        try (TestWindow window = open()) {
            ui.robot().clickOn("#compare-filter").write("learning_rte > 0");
            ui.await("explained", () -> model(window).filterProblemProperty().get().contains("did you mean"));
            assertThat(model(window).filterProblemProperty().get()).contains("did you mean learning_rate");
            ui.robot().clickOn("#charts-help");
            ui.settle();
            assertThat(ui.robot().lookup("With the mouse").tryQuery()).isPresent();
        }
    }
}
