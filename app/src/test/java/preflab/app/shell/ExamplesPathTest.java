package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.geometry.Bounds;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.chart.CloudView;
import preflab.app.compare.ExamplesModel;
import preflab.app.ui.CssWarnings;
import preflab.app.ui.LabelFixture;
import preflab.app.ui.ProjectFixture;
import preflab.app.ui.Ui;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Sample;
import preflab.engine.train.TrainSettings;
import preflab.engine.param.ParamValues;
import preflab.projects.chart.CloudLayout;
import preflab.projects.compare.ExampleRow;
import preflab.projects.run.RunWorker;
import preflab.projects.store.EventWriter;
import preflab.projects.workspace.Workspace;

/** From two runs to the row that they disagree on, and to that row in Data and Label, by clicks. */
class ExamplesPathTest {

    private final Ui ui = Ui.get();

    @TempDir
    private Path folder;

    private TestWindow open(Path project, int runs) {
        TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 1000);
        window.open(project, "compare");
        var model = window.session().compareController().model();
        ui.await("the runs are compared", () -> model.comparisonProperty().get() != null
                && model.comparisonProperty().get().runs().size() == runs);
        ui.robot().clickOn("#compare-tab-examples");
        ui.await("the rows are listed", () -> !examples(window).rows().isEmpty());
        ui.settle();
        return window;
    }

    private static ExamplesModel examples(TestWindow window) {
        return window.session().compareController().examples().model();
    }

    /** A pair of runs that were trained for real, a few steps each. */
    private Path trained() {
        Path project = folder.resolve("examples.preflab");
        try (Workspace workspace = Workspace.create(project)) {
            DatasetVersionId all = ProjectFixture.addData(workspace).getFirst();
            ExampleView view = workspace.datasets().view(all);
            DatasetVersionId few = workspace.datasets().add("few-pairs", Kind.PAIRED,
                    IntStream.range(0, 24).mapToObj(view::get).iterator(), "");
            train(workspace, few, "dpo", "dpo");
            train(workspace, few, "simpo", "simpo");
        }
        return project;
    }

    private static void train(Workspace workspace, DatasetVersionId data, String objective, String name) {
        RunSpec plain = ProjectFixture.spec(objective, name, data, 1, 3);
        RunSpec spec = new RunSpec(plain.version(), name, data, Optional.of(data), "builtin:sums", Optional.empty(),
                objective, plain.hyper(),
                ParamValues.parse(TrainSettings.ALL, Map.of("training.steps", "3", "training.batch_size", "8",
                        "optimizer.learning_rate", "0.0005", "schedule.warmup_ratio", "0", "samples.prompts", "4",
                        "evaluation.rows", "12", "evaluation.kl_prompts", "0", "compute.threads", "1")));
        assertThat(RunWorker.execute(workspace, workspace.runs().create(spec), event -> {
        }).outcome()).isEqualTo(Outcome.FINISHED);
    }

    private void clickPoint(int row) {
        CloudView cloud = ui.find(CloudView.class, "#compare-cloud");
        double[] at = ui.on(() -> {
            CloudLayout layout = CloudLayout.of(cloud.cloudProperty().get(), Math.floor(cloud.getWidth()),
                    Math.floor(cloud.getHeight()));
            double[] pixel = layout.pixel(cloud.cloudProperty().get().points().stream().filter(p -> p.id() == row)
                    .findFirst().orElseThrow());
            Bounds screen = cloud.localToScreen(cloud.getBoundsInLocal());
            return new double[]{screen.getMinX() + pixel[0], screen.getMinY() + pixel[1]};
        });
        ui.robot().clickOn(at[0], at[1]);
        ui.settle();
    }

    private String detail() {
        return String.join("\n", ui.find(VBox.class, "#compare-example").lookupAll(".label").stream()
                .map(node -> ((Label) node).getText()).toList());
    }

    @Test
    void aPointLeadsToItsRowAndTheRowToDataAndLabel() throws IOException {
        Path project = trained();
        try (TestWindow window = open(project, 2)) {
            ExamplesModel examples = examples(window);
            assertThat(examples.datasetProperty().get().dataset()).isEqualTo("few-pairs");
            ui.picture("examples-unscored-light");

            ui.robot().clickOn("#compare-score");
            ui.await("scoring is shown", () -> examples.scoringProperty().get());
            ui.picture("examples-scoring-light");
            ui.robot().clickOn("#compare-score-cancel");
            ui.await("cancelling is said", () -> !examples.scoringProperty().get() && examples.wordsProperty().get()
                    .equals("Cancelled; what was scored is kept."));
            ui.picture("examples-cancelled-light");
            ui.robot().clickOn("#compare-score");
            ui.await("all is scored", 180, () -> !examples.scoringProperty().get()
                    && examples.completeProperty().get());
            ui.settle();
            CloudView cloud = ui.find(CloudView.class, "#compare-cloud");
            assertThat(ui.on(() -> cloud.cloudProperty().get().points())).hasSize(24);

            pointsAreSaved(window);

            int row = ui.on(() -> cloud.cloudProperty().get().points().stream()
                    .max((a, b) -> Double.compare(a.x() - a.y(), b.x() - b.y())).orElseThrow().id());
            clickPoint(row);
            ui.await("the row is read", () -> ui.robot().lookup("#compare-example-data").tryQuery().isPresent());
            ui.settle();
            assertThat(examples.selectedProperty().get()).isEqualTo(row);
            assertThat(detail()).contains("Row " + (row + 1) + " of few-pairs v1", "The data's chosen",
                    "The data's rejected", "reference builtin:sums", "dpo", "simpo", "log-prob ");
            ui.picture("examples-row-wide-light");
            staysChosenThroughASearch(row);
            ui.robot().clickOn("#compare-heat-gradient");
            ui.settle();
            assertThat(detail()).contains("pulled up", "pushed down", "(sum of |dL/dlogp|)")
                    .doesNotContain("reference builtin:sums");
            window.dress(Theme.DARK);
            ui.picture("examples-gradient-wide-dark");
            ui.resize(Ui.NARROW, 900);
            ui.picture("examples-gradient-narrow-dark");
            ui.robot().clickOn("#compare-heat-logprob");
            window.dress(Theme.LIGHT);
            ui.picture("examples-row-narrow-light");
            ui.resize(Ui.WIDE, 1000);
            ui.settle();

            ui.run(cloud::requestFocus);
            ui.robot().push(KeyCode.RIGHT);
            ui.robot().push(KeyCode.UP);
            ui.settle();
            int pointed = ui.on(() -> cloud.pointedProperty().get());
            assertThat(ui.find(Label.class, "#compare-cloud-words").getText()).startsWith("Row " + (pointed + 1));
            ui.robot().push(KeyCode.ENTER);
            ui.await("the keyboard opens it", () -> examples.selectedProperty().get() == pointed);

            clickPoint(row);
            ui.await("the row is read again", () -> detail().contains("Row " + (row + 1) + " of"));
            ui.robot().clickOn("#compare-example-data");
            ui.await("its row is shown in Data", () -> window.assembly().model().screenProperty().get().equals("data")
                    && data(window) != null && data(window).id().index() == row);
            ui.settle();
            ui.picture("examples-to-data-light");
            window.go("compare");
            ui.settle();
            ui.robot().clickOn("#compare-example-label");
            ui.await("its label is shown", () -> window.assembly().model().screenProperty().get().equals("label"));

            deletedCheckpointsAreNamed(window, project);
            assertThat(CssWarnings.heard()).isEmpty();
        }
    }

    private void pointsAreSaved(TestWindow window) throws IOException {
        Path svg = folder.resolve("points.svg");
        Path png = folder.resolve("points.png");
        for (Path file : List.of(svg, png)) {
            window.picker().willChoose(file);
            ui.robot().clickOn("#compare-cloud-save");
            ui.await("it is written", () -> window.session().compareController().model().savedProperty().get()
                    .equals("Saved " + file));
        }
        assertThat(Files.readString(svg)).startsWith("<svg xmlns=").contains("change of log-prob of chosen", "<circle");
        assertThat(javax.imageio.ImageIO.read(png.toFile()).getWidth()).isEqualTo(1200);
    }

    private void staysChosenThroughASearch(int row) {
        ListView<?> list = ui.find(ListView.class, "#compare-examples");
        ui.robot().clickOn("#compare-examples-search").write("no prompt has these words");
        ui.settle();
        assertThat(list.getItems()).isEmpty();
        ui.run(() -> ui.find(TextField.class, "#compare-examples-search").clear());
        ui.settle();
        assertThat(ui.on(() -> ((ExampleRow) list.getSelectionModel().getSelectedItem()).row())).isEqualTo(row);
        assertThat(ui.on(() -> list.lookupAll(".list-cell").stream().map(ListCell.class::cast)
                .anyMatch(cell -> cell.isSelected() && ((ExampleRow) cell.getItem()).row() == row)))
                .as("its line is in sight").isTrue();
    }

    private static preflab.datasets.example.PreferenceExample data(TestWindow window) {
        return window.session().dataController().model().exampleProperty().get();
    }

    /** What was scored stays; what was not cannot be any more. */
    private void deletedCheckpointsAreNamed(TestWindow window, Path project) throws IOException {
        ExamplesModel examples = examples(window);
        Files.move(project.resolve("checkpoints").resolve("run-2"), folder.resolve("gone"));
        Files.delete(project.resolve("cache").resolve("scores-1.db"));
        window.go("compare");
        ui.run(() -> window.session().compareController().toggle(1));
        ui.await("one run is left and nothing is scored", () -> !examples.completeProperty().get());
        ui.settle();
        ui.robot().clickOn("#compare-score");
        ui.await("the missing checkpoint is named", 120, () -> !examples.scoringProperty().get()
                && ui.find(Label.class, "#compare-examples-problem").getText().contains("no model \"run:2@3\""));
        ui.settle();
        ui.picture("examples-deleted-light");
    }

    /** Answers in several scripts and very long ones, of runs that left no checkpoint. */
    @Test
    void answersOfManyScriptsStandBesideEachOther() {
        Path project = folder.resolve("scripts.preflab");
        try (Workspace workspace = Workspace.create(project)) {
            DatasetVersionId scripts = LabelFixture.addScripts(workspace);
            for (int run = 1; run <= 3; run++) {
                answered(workspace, scripts, run);
            }
        }
        try (TestWindow window = open(project, 3)) {
            ExamplesModel examples = examples(window);
            assertThat(ui.find(Label.class, "#compare-examples-problem").getText())
                    .isEqualTo("Without a checkpoint there is nothing to score: run 1, run 2, run 3.");
            assertThat(ui.robot().lookup("Nothing to score with").tryQuery()).isPresent();
            for (int row = 0; row < 3; row++) {
                int number = row;
                ui.run(() -> examples.selectedProperty().set(number));
                ui.await("it is read", () -> ui.robot().lookup("#compare-example").tryQuery().isPresent()
                        && detail().contains("Row " + (number + 1) + " of scripts"));
                ui.settle();
                assertThat(detail()).contains("words that differ from what run 1 answered")
                        .contains("Without a checkpoint of a picked run");
                ui.picture("examples-script-" + row + "-light");
            }
            window.dress(Theme.DARK);
            ui.resize(Ui.NARROW, 900);
            ui.picture("examples-script-narrow-dark");
            ui.robot().clickOn("#compare-examples-search").write("nothing has this");
            ui.settle();
            ui.picture("examples-no-match-dark");
        }
    }

    private static void answered(Workspace workspace, DatasetVersionId data, int run) {
        RunSpec plain = ProjectFixture.spec("pipa_m", "run " + run, data, run, 10);
        RunSpec spec = new RunSpec(plain.version(), plain.name(), data, Optional.of(data), plain.model(),
                plain.reference(), plain.objective(), plain.hyper(), plain.settings());
        int number = workspace.runs().create(spec);
        String tail = run == 1 ? "٥٥" : "٥٤";
        String far = "Multiply both sides by the denominator. ".repeat(12 + run) + "#### " + run;
        try (EventWriter writer = workspace.runs().writer(number)) {
            writer.on(new RunEvent.Started(Map.of("device", "cpu")));
            writer.on(new RunEvent.Sampled(10, "eval", List.of(
                    new Sample(0, "Solve", far, Optional.of("1"), Optional.of(run == 1)),
                    new Sample(1, "ما", "نجمع أولًا ١٢ + ٣٥ = ٤٧، وهو مجموع العددين.\nالجواب النهائي هو " + tail,
                            Optional.of("55"), Optional.of(run == 1)),
                    new Sample(2, "计算", "首先计算 12+35=47。\n所以答案是 5" + (4 + run % 2) + "。", Optional.of("55"),
                            Optional.of(run % 2 == 1)))));
            writer.on(new RunEvent.Ended(Outcome.FINISHED, 10, "", Map.of()));
        }
    }
}
