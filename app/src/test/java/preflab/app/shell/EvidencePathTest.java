package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;
import preflab.app.compare.CompareModel;
import preflab.app.compare.EvidenceModel;
import preflab.app.ui.CssWarnings;
import preflab.app.ui.ProjectFixture;
import preflab.app.ui.Ui;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Source;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.Sample;
import preflab.projects.run.ModelRefs;
import preflab.projects.store.EventWriter;
import preflab.projects.store.RunState;
import preflab.projects.workspace.Workspace;

/** From two ways of training that cannot be told apart to better evidence, by clicks; and runs of other programs. */
class EvidencePathTest extends WithProject {

    private static final int PROBLEMS = 12;

    @Override
    void fill(Workspace workspace) {
        DatasetVersionId data = ProjectFixture.addData(workspace).getFirst();
        workspace.datasets().add("sums-test", Kind.SFT, java.util.stream.IntStream.range(0, PROBLEMS)
                .mapToObj(EvidencePathTest::problem).iterator(), "generated");
        Path model = ModelRefs.resolve(workspace, "builtin:sums");
        for (int seed = 1; seed <= 2; seed++) {
            add(workspace, "dpo", "dpo", data, seed, 40 + 4 * seed, model);
            add(workspace, "ipo", "ipo", data, seed, 50 - 4 * seed, model);
        }
    }

    private static Demonstration problem(int i) {
        int sum = 11 + i + 25 + 31;
        return new Demonstration(new ExampleId(i), Content.of((11 + i) + "+25+31="),
                Content.of((11 + i) + "+25=" + (36 + i) + "\n" + (36 + i) + "+31=" + sum + "\n#### " + sum),
                new Source("sums.jsonl", i + 1L));
    }

    private static void add(Workspace workspace, String objective, String name, DatasetVersionId data, int seed,
            int right, Path checkpoint) {
        int run = workspace.runs().create(ProjectFixture.spec(objective, name, data, seed, 100));
        List<Sample> samples = new ArrayList<>();
        for (int row = 0; row < 100; row++) {
            samples.add(new Sample(row, row + "+1=", "#### " + (row + 1), Optional.of(String.valueOf(row + 1)),
                    Optional.of(row < right)));
        }
        try (EventWriter writer = workspace.runs().writer(run)) {
            writer.on(new RunEvent.Started(Map.of("device", "cpu")));
            writer.on(new RunEvent.Measured(100,
                    Map.of("loss", 0.5, "eval/accuracy", right / 100.0, "eval/count", 100.0)));
            writer.on(new RunEvent.Sampled(100, "eval", samples));
            writer.on(new RunEvent.Checkpointed(100, checkpoint));
            writer.on(new RunEvent.Ended(Outcome.FINISHED, 100, "", Map.of()));
        }
    }

    private TestWindow open() {
        TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940);
        window.open(project, "compare");
        ui.await("the newest runs are compared", () -> model(window).comparisonProperty().get() != null
                && !model(window).rows().isEmpty());
        ui.run(() -> model(window).picked().setAll(1, 2, 3, 4));
        ui.run(() -> window.session().compareController().star(1));
        ui.await("all four are compared", () -> model(window).comparisonProperty().get().claims().size() == 1
                && model(window).comparisonProperty().get().runs().size() == 4);
        ui.robot().clickOn("#compare-tab-evidence");
        ui.settle();
        return window;
    }

    private static CompareModel model(TestWindow window) {
        return window.session().compareController().model();
    }

    private static EvidenceModel evidence(TestWindow window) {
        return window.session().compareController().evidence().model();
    }

    private String sentences() {
        return ui.find(VBox.class, "#compare-evidence").lookupAll(".label").stream()
                .map(node -> ((Label) node).getText()).collect(Collectors.joining("\n"));
    }

    @Test
    void theRunsAnswerProblemsThatNobodyChoseBy() {
        try (TestWindow window = open()) {
            assertThat(sentences()).contains("watched while training", "Cannot tell");
            assertThat(evidence(window).chosenProperty().get().id().dataset()).isEqualTo("sums-test");
            ui.picture("evidence-undecided-light");

            ui.robot().clickOn("#compare-ask");
            ui.await("asking is shown", () -> evidence(window).askingProperty().get());
            ui.picture("evidence-asking-light");
            ui.await("all four have answered", 120, () -> !evidence(window).askingProperty().get()
                    && model(window).comparisonProperty().get().claims().size() == 2);
            ui.settle();

            assertThat(sentences()).contains(PROBLEMS + " test problems of sums-test v1 × 2 seeds");
            assertThat(evidence(window).wordsProperty().get())
                    .isEqualTo("4 runs answered the problems of sums-test v1.");
            ui.picture("evidence-test-wide-light");
            window.dress(Theme.DARK);
            ui.resize(Ui.NARROW, 900);
            ui.picture("evidence-test-narrow-dark");

            ui.robot().clickOn("#compare-ask");
            ui.await("nobody is asked twice", () -> evidence(window).wordsProperty().get()
                    .startsWith("Every picked run that has a checkpoint"));
            assertThat(CssWarnings.heard()).isEmpty();
        }
    }

    @Test
    void moreSeedsArePreparedAndCanBeTakenAway() {
        try (TestWindow window = open()) {
            ui.robot().clickOn("#compare-prepare");
            ui.await("six runs wait", () -> evidence(window).waiting().size() == 6
                    && model(window).runs().size() == 10);
            assertThat(ui.on(() -> model(window).runs().stream().filter(run -> run.state() == RunState.QUEUED)
                    .map(run -> run.objective() + " " + run.seed()).sorted().toList()))
                    .containsExactly("dpo 3", "dpo 4", "dpo 5", "ipo 3", "ipo 4", "ipo 5");
            ui.picture("evidence-waiting-light");
            window.dress(Theme.DARK);
            ui.resize(Ui.NARROW, 900);
            ui.picture("evidence-waiting-narrow-dark");

            ui.robot().clickOn("#compare-waiting-discard");
            ui.await("nothing waits", () -> evidence(window).waiting().isEmpty() && model(window).runs().size() == 4);
        }
    }

    @Test
    void aRunIsExportedForOtherPrograms() throws IOException {
        try (TestWindow window = open()) {
            ui.run(() -> model(window).selectedProperty().set(model(window).rows().getLast()));
            ui.robot().clickOn("#compare-tab-run");
            ui.await("the run's details are read", () -> model(window).detailsProperty().get() != null);
            Path csv = folder.resolve("run-1.csv");
            Path board = folder.resolve("board");
            window.picker().willChoose(csv, board);
            for (String item : List.of("#compare-export-csv", "#compare-export-tensorboard")) {
                ui.robot().clickOn("#compare-export");
                ui.settle();
                ui.robot().clickOn(item);
                ui.settle();
            }
            ui.await("both are written", () -> model(window).savedProperty().get().equals("Saved " + board));
            assertThat(Files.readString(csv)).startsWith("step,key,value\n").contains("100,loss,0.5");
            assertThat(board).isDirectoryContaining("glob:**001 dpo");
            ui.picture("compare-run-export-light");
        }
    }

    @Test
    void aRunOfAnotherProgramIsImportedBesideOurs() throws IOException {
        Path state = folder.resolve("trl-dpo").resolve("trainer_state.json");
        Files.createDirectories(state.getParent());
        Files.writeString(state,
                """
                        {"global_step": 30, "log_history": [{"step": 10, "loss": 0.69, "rewards/margins": 0.1},
                        {"step": 20, "loss": 0.6, "rewards/margins": 0.2}, {"step": 30, "loss": 0.5, "eval_accuracy": 0.4}]}""");
        try (TestWindow window = open()) {
            window.picker().willChoose(state);
            ui.robot().clickOn("#compare-import");
            ui.settle();
            ui.picture("compare-import-menu-light");
            ui.robot().clickOn("#compare-import-file");
            ui.await("it is listed", () -> model(window).runs().size() == 5);
            assertThat(ui.on(() -> model(window).runs().getFirst().name())).isEqualTo("trl-dpo");
            ui.picture("compare-imported-light");

            window.picker().willChoose(state);
            ui.robot().clickOn("#compare-import");
            ui.settle();
            ui.robot().clickOn("#compare-import-file");
            ui.await("twice is refused in words", () -> window.errors().reportProperty().get() != null);
            assertThat(ui.on(() -> window.errors().reportProperty().get().toString()))
                    .contains("is in this project already: run 5");
        }
    }

    @Test
    void answersOfAnotherProgramAreReadBesideOurs() throws IOException {
        Path answers = Files.writeString(folder.resolve("theirs.jsonl"), java.util.stream.IntStream.range(0, PROBLEMS)
                .mapToObj(i -> "{\"prompt\": \"" + (11 + i) + "+25+31=\", \"response\": \"#### " + (67 + i / 6 * 9 + i)
                        + "\"}\n")
                .collect(Collectors.joining()));
        try (TestWindow window = open()) {
            window.picker().willChoose(answers);
            ui.robot().clickOn("#compare-import");
            ui.settle();
            ui.robot().clickOn("#compare-import-file");
            ui.await("it is told what they are answers to", () -> model(window).savedProperty().get()
                    .equals("1 run imported; answers to sums-test v1"));
            ui.run(() -> model(window).picked().setAll(1, 5));
            ui.await("both are compared", () -> model(window).comparisonProperty().get().runs().size() == 2
                    && model(window).comparisonProperty().get().runs().getLast().id() == 5);
            ui.robot().clickOn("#compare-tab-examples");
            var examples = window.session().compareController().examples().model();
            ui.await("the rows are read", () -> examples.rows().size() == PROBLEMS);
            assertThat(examples.datasetProperty().get().dataset()).isEqualTo("sums-test");
            ui.run(() -> examples.selectedProperty().set(7));
            ui.await("its answer is shown", () -> ui.robot().lookup("#compare-example").tryQuery().isPresent()
                    && ui.find(VBox.class, "#compare-example").lookupAll(".label").stream()
                            .anyMatch(node -> ((Label) node).getText().equals("theirs")));
            ui.settle();
            assertThat(window.errors().reportProperty().get()).isNull();
            ui.picture("examples-imported-light");
        }
    }
}
