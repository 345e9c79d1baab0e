package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import preflab.app.data.ImportController;
import preflab.app.data.ImportStage;
import preflab.app.cli.TinyModel;
import preflab.app.train.TrainController;
import preflab.app.ui.CssWarnings;
import preflab.app.ui.ProjectFixture;
import preflab.app.ui.Ui;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;
import preflab.engine.objective.Objectives;
import preflab.engine.train.Outcome;
import preflab.projects.store.RunLock;
import preflab.projects.compare.Grouping;
import preflab.projects.workspace.ModelShelf;
import preflab.projects.workspace.Workspace;

/** Every screen of an open project, empty, filled and in trouble, in both themes, narrow and wide. */
class ScreensTest extends WithProject {

    private void inEveryLook(String name, String screen, Consumer<TestWindow> prepare) {
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940)) {
            window.open(project, screen);
            prepare.accept(window);
            window.pictures(name, 940, 720);
        }
    }

    @Test
    void emptyScreensSayWhatToDoNext() {
        for (String screen : List.of("home", "data", "models", "train", "compare")) {
            inEveryLook(screen + "-empty", screen, window -> {
            });
        }
        assertThat(CssWarnings.heard()).isEmpty();
    }

    @Test
    void dataShowsVersionsRowsAndOneExample() {
        try (Workspace workspace = Workspace.open(project)) {
            ProjectFixture.addData(workspace);
        }
        inEveryLook("data-rows", "data", window -> select(window, "sums-steps", 1));
        inEveryLook("data-long", "data", window -> select(window, "a-conversation", 0));
        inEveryLook("data-search-nothing", "data", window -> {
            select(window, "sums-pairs", 0);
            ui.run(() -> window.session().dataController().model().queryProperty().set("zebra"));
            ui.await("the search is over", () -> window.session().dataController().model().rowsNoteProperty().get()
                    .equals("no matches"));
        });
        assertThat(CssWarnings.heard()).isEmpty();
    }

    private void select(TestWindow window, String dataset, int row) {
        var model = window.session().dataController().model();
        ui.await("the datasets are listed", () -> model.datasets().size() == 5);
        ui.run(() -> model.selectedProperty().set(model.datasets().stream()
                .filter(info -> info.id().dataset().startsWith(dataset)).findFirst().orElseThrow()));
        TableView<?> table = ui.find(TableView.class, "#data-rows");
        ui.await("the rows are there", () -> table.getItems().size() == model.selectedProperty().get().rows());
        ui.run(() -> table.getSelectionModel().select(row));
        ui.await("the example is there", () -> model.exampleProperty().get() != null);
    }

    @Test
    void importShowsWhatWasFoundAndWhatBecameOfIt() throws Exception {
        Path good = Files.writeString(folder.resolve("pairs.jsonl"), lines(60, 7));
        Path strange = Files.writeString(folder.resolve("strange.jsonl"),
                "{\"question\": \"1+1=\", \"preferred\": \"2\", \"other\": \"3\"}\n".repeat(5));
        Path rated = Files.writeString(folder.resolve("rated.jsonl"), """
                {"prompt": "1+1=", "response": "2", "helpfulness": 4, "correctness": 4}
                {"prompt": "1+1=", "response": "3", "helpfulness": 1, "correctness": 0}
                """);
        Path notes = Files.write(folder.resolve("photo.jsonl"), new byte[]{(byte) 0x89, 'P', 'N', 'G', 13, 10, 0, 1});
        inEveryLook("import-preview", "data", window -> open(window, good, ImportStage.PREVIEW));
        inEveryLook("import-unknown", "data", window -> open(window, strange, ImportStage.PREVIEW));
        inEveryLook("import-detecting", "data", window -> {
            open(window, good, ImportStage.PREVIEW);
            ui.run(() -> imports(window).model().stageProperty().set(ImportStage.DETECTING));
        });
        inEveryLook("import-mapping", "data", window -> {
            open(window, strange, ImportStage.PREVIEW);
            ui.run(() -> imports(window).chooseKind(Kind.PAIRED));
            ui.run(() -> imports(window).map("chosen", "preferred"));
            ui.run(() -> imports(window).map("rejected", "other"));
            ui.await("the mapping fits", () -> imports(window).model().detectionProperty().get().kind().isPresent());
        });
        inEveryLook("import-ratings", "data", window -> {
            open(window, rated, ImportStage.PREVIEW);
            ui.run(() -> imports(window).chooseKind(Kind.UNPAIRED));
            ui.run(() -> imports(window).map("label", "helpfulness"));
            ui.await("the column is taken", () -> ui.robot().lookup("#import-least").tryQuery().isPresent());
            ui.robot().clickOn("#import-least").write("3").type(KeyCode.ENTER);
            ui.await("ratings are verdicts",
                    () -> imports(window).model().detectionProperty().get().mapping().column("label")
                            .equals(Optional.of("helpfulness>=3")));
        });
        inEveryLook("import-failed", "data", window -> open(window, notes, ImportStage.FAILED));
        inEveryLook("import-report", "data", window -> {
            open(window, good, ImportStage.PREVIEW);
            ui.robot().clickOn("#import-run");
            ui.await("the report is shown", () -> stage(window) == ImportStage.REPORT);
        });
        assertThat(CssWarnings.heard()).isEmpty();
    }

    private void open(TestWindow window, Path file, ImportStage then) {
        ui.run(() -> window.session().dataController().imports().open(file));
        ui.await("the file was looked at", () -> stage(window) == then);
    }

    private static ImportController imports(TestWindow window) {
        return window.session().dataController().imports();
    }

    private static ImportStage stage(TestWindow window) {
        return window.session().dataController().imports().model().stageProperty().get();
    }

    private static String lines(int good, int bad) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < good; i++) {
            text.append("{\"prompt\": \"").append(i).append("+1=\", \"chosen\": \"#### ").append(i + 1)
                    .append("\", \"rejected\": \"#### ").append(i).append("\"}\n");
            if (i < bad) {
                text.append(i % 2 == 0 ? "{\"prompt\": \"only a prompt\"}\n" : "not JSON at all\n");
            }
        }
        return text.toString();
    }

    @Test
    void settingsOfComputingReachTheFormOfNewRunsAndACacheIsEmptied() throws IOException {
        inEveryLook("settings-project", "settings", window -> {
            Path kept = window.session().workspace().cache().resolve("reference/run-9.bin");
            write(kept);
            ui.run(() -> ui.find(ComboBox.class, "#field-compute-precision").getSelectionModel().select(1));
            assertThat(window.session().trainController().model().advanced().texts())
                    .containsEntry("compute.precision", "bfloat16");
            ui.robot().clickOn("#caches-empty-project");
            ui.await("the cache is empty", () -> !Files.exists(kept));
            assertThat(window.errors().reportProperty().get()).isNull();
        });
        assertThat(CssWarnings.heard()).isEmpty();
    }

    private String text(String label) {
        return ui.find(Label.class, label).getText();
    }

    private static void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[3_000_000]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The models are asked for real, each in a process of its own. */
    @Test
    void modelsSayWhatTheyAreAndAnswerSideBySide() throws IOException {
        Path broken = Files.createDirectories(folder.resolve("a-mixture"));
        Files.writeString(broken.resolve("config.json"), "{\"model_type\": \"mixtral\"}");
        Path tiny = TinyModel.in(folder.resolve("tiny-random"));
        try (Workspace workspace = Workspace.open(project)) {
            ModelShelf shelf = new ModelShelf(workspace);
            shelf.add(tiny);
            shelf.add(broken);
        }
        inEveryLook("models-answers", "models", window -> {
            var models = window.session().modelsController().model();
            ui.await("the models are listed", () -> models.models().size() == 3);
            ui.run(() -> models.otherProperty().set(models.models().get(1)));
            ui.robot().clickOn("#models-ask");
            ui.await("both have answered", 120, () -> !models.busyProperty().get());
            assertThat(window.errors().reportProperty().get()).isNull();
        });
        inEveryLook("models-scored", "models", window -> {
            var models = window.session().modelsController().model();
            ui.await("the models are listed", () -> models.models().size() == 3);
            ui.run(() -> models.completionProperty().set("12+35=47\n47+8=54\n#### 54"));
            ui.robot().clickOn("#models-ask");
            ui.await("it is scored", 120, () -> !models.busyProperty().get());
            assertThat(window.errors().reportProperty().get()).isNull();
        });
        inEveryLook("models-unusable", "models", window -> {
            var models = window.session().modelsController().model();
            ui.await("the models are listed", () -> models.models().size() == 3);
            ui.run(() -> {
                models.selectedProperty().set(models.models().getLast());
                models.temperatureProperty().set("warm");
            });
            ui.robot().clickOn("#models-ask");
        });
        assertThat(CssWarnings.heard()).isEmpty();
    }

    @Test
    void trainShowsTheFormAndTheRunAsItGoes() {
        RunLock lock;
        try (Workspace workspace = Workspace.open(project)) {
            DatasetVersionId pairs = ProjectFixture.addData(workspace).getFirst();
            ProjectFixture.addRun(workspace, "sft", "sft on the accepted", pairs, 1, 200, Outcome.FINISHED);
            lock = ProjectFixture.addRunning(workspace, "dpo", "dpo sums-pairs", pairs);
        }
        try (lock) {
            inEveryLook("train-running", "train", window -> {
                var train = window.session().trainController();
                ui.run(() -> train.model().objectiveProperty().set(Objectives.find("dpo").orElseThrow()));
                ui.await("the run is followed", () -> train.live().model().summaryProperty().get() != null
                        && train.live().model().series("loss").size() == 320);
                assertThat(text("#train-savings")).startsWith("So far: no reference pass: all 1,280 ")
                        .endsWith("(2.12 MB on disk); 48 s saved, and 4.30 MB of memory while training");
            });
            inEveryLook("train-problems", "train", window -> {
                var train = window.session().trainController();
                ui.await("the datasets are listed", () -> train.model().datasets().size() == 5);
                ui.run(() -> {
                    train.model().objectiveProperty().set(Objectives.find("dpo").orElseThrow());
                    train.model().modelRefProperty().set("/no/such/folder");
                    train.check();
                });
                ui.await("the check is over", () -> !train.model().busyProperty().get());
                ui.run(() -> train.model().hyper(Objectives.find("dpo").orElseThrow()).field("beta").textProperty()
                        .set("-1"));
            });
        }
        assertThat(CssWarnings.heard()).isEmpty();
    }

    private TrainController dpoOnPairs(TestWindow window) {
        TrainController train = window.session().trainController();
        ui.await("the datasets are listed", () -> train.model().datasets().size() == 5);
        ui.run(() -> {
            train.model().objectiveProperty().set(Objectives.find("dpo").orElseThrow());
            train.model().datasetProperty().set(train.model().datasets().stream()
                    .filter(info -> info.id().dataset().equals("sums-pairs")).findFirst().orElseThrow());
            train.model().modelRefProperty().set("builtin:sums");
        });
        return train;
    }

    @Test
    void aLaunchThatCouldTeachNothingIsRefusedWithTheWayOut() {
        try (Workspace workspace = Workspace.open(project)) {
            ProjectFixture.addData(workspace);
        }
        inEveryLook("train-too-large", "train", window -> {
            var train = dpoOnPairs(window);
            ui.await("it fits", () -> text("#train-estimate-fits").startsWith("Memory "));
            ui.picture("train-fits");
            System.setProperty("preflab.memory", "300000000");
            try {
                ui.run(() -> train.model().basic().fill(Map.of("training.batch_size", "512")));
                ui.await("it does not fit", () -> text("#train-estimate-refusal").contains("training.batch_size = "));
                ui.run(train::start);
                ui.await("the start is over", () -> !train.model().busyProperty().get());
            } finally {
                System.clearProperty("preflab.memory");
            }
            assertThat(window.session().workspace().runs().list()).isEmpty();
        });
        inEveryLook("train-refused", "train", window -> {
            var train = dpoOnPairs(window);
            ui.run(() -> {
                train.model().basic().fill(Map.of("data.max_length", "7"));
                train.model().advanced().fill(Map.of("data.max_length", "7"));
                train.start();
            });
            ui.await("the start is over", () -> !train.model().busyProperty().get());
            assertThat(ui.robot().lookup(node -> node instanceof Label label && Stream.of("5000 of 5000 rows",
                    "fills 7 tokens", "row 0, 1, 2", "raise data.max_length", "cut_left", "drop")
                    .allMatch(label.getText()::contains)).tryQuery()).isPresent();
            assertThat(window.session().workspace().runs().list()).as("no run is entered").isEmpty();
        });
    }

    @Test
    void trainShowsHowARunEnded() {
        try (Workspace workspace = Workspace.open(project)) {
            DatasetVersionId pairs = ProjectFixture.addData(workspace).getFirst();
            ProjectFixture.addRun(workspace, "dpo", "dpo with a far too large learning rate", pairs, 3, 200,
                    Outcome.DIVERGED);
        }
        inEveryLook("train-diverged", "train", window -> ui.await("the run is followed", () -> window.session()
                .trainController().live().model().series("loss").size() == 133));
        assertThat(CssWarnings.heard()).isEmpty();
    }

    @Test
    void compareLaysRunsOverEachOther() {
        try (Workspace workspace = Workspace.open(project)) {
            DatasetVersionId pairs = ProjectFixture.addData(workspace).getFirst();
            ProjectFixture.addRun(workspace, "sft", "sft on the accepted", pairs, 1, 200, Outcome.FINISHED);
            ProjectFixture.addRun(workspace, "dpo", "dpo", pairs, 2, 200, Outcome.FINISHED);
            ProjectFixture.addRun(workspace, "dpo", "dpo with a name that is much longer than any column", pairs, 3,
                    200, Outcome.DIVERGED);
            ProjectFixture.addRun(workspace, "pmpo", "pmpo", pairs, 4, 160, Outcome.STOPPED);
        }
        inEveryLook("compare-filter", "compare", window -> {
            ui.run(() -> window.session().compareController().model().filterProperty()
                    .set("objective = dpo and bta > 1"));
            ui.await("the filter is refused", () -> !window.session().compareController().model()
                    .filterProblemProperty().get().isEmpty());
        });
        for (String tab : List.of("Metrics", "Evidence", "Diagnoses", "Differences", "Examples", "Run")) {
            inEveryLook("compare-" + tab.toLowerCase(Locale.ROOT), "compare", window -> {
                var model = window.session().compareController().model();
                ui.await("the comparison is there", () -> model.comparisonProperty().get() != null
                        && model.comparisonProperty().get().runs().size() == 4);
                ui.run(() -> model.baselineProperty().set(1)); // remembered from window to window
                ui.await("the baseline is taken", () -> model.comparisonProperty().get().baseline().isPresent()
                        && !model.busyProperty().get());
                ui.robot().clickOn("#compare-tab-" + tab.toLowerCase(Locale.ROOT));
                ui.run(() -> model.selectedProperty().set(model.rows().getFirst()));
            });
        }
        inEveryLook("compare-grouped", "compare", window -> {
            var model = window.session().compareController().model();
            ui.run(() -> {
                model.groupingProperty().set(Grouping.by(List.of("objective")));
                model.columns().setAll(List.of("name", "seed", "eval/accuracy", "loss", "rewards/margins"));
            });
            ui.await("lines are grouped", () -> model.rows().size() == 3);
            ui.run(() -> model.baselineProperty().set(1)); // remembered from window to window
        });
        assertThat(CssWarnings.heard()).isEmpty();
    }
}
