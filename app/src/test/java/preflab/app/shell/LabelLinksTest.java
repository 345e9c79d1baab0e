package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.ui.ProjectFixture;
import preflab.app.ui.Ui;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.label.LabelTask;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Sample;
import preflab.projects.store.EventWriter;
import preflab.projects.workspace.Workspace;

/** From a run's example to its label, and from a mended label to the runs that used the old one. */
class LabelLinksTest {

    private final Ui ui = Ui.get();

    @TempDir
    private Path folder;
    private Path project;
    private int run;

    @BeforeEach
    void makeProject() {
        project = folder.resolve("sums.preflab");
        try (Workspace workspace = Workspace.create(project)) {
            List<DatasetVersionId> data = ProjectFixture.addData(workspace);
            run = addRun(workspace, data.get(2), data.get(3));
            ProjectFixture.addRun(workspace, "dpo", "dpo pairs", data.get(0), 2, 100, Outcome.FINISHED);
        }
    }

    /** A run on steps that answered the twelfth row of the validation set. */
    private static int addRun(Workspace workspace, DatasetVersionId steps, DatasetVersionId validation) {
        RunSpec plain = ProjectFixture.spec("pipa_m", "pipa steps", steps, 1, 10);
        RunSpec spec = new RunSpec(plain.version(), plain.name(), plain.dataset(), Optional.of(validation),
                plain.model(),
                plain.reference(), plain.objective(), plain.hyper(), plain.settings());
        int number = workspace.runs().create(spec);
        try (EventWriter writer = workspace.runs().writer(number)) {
            writer.on(new RunEvent.Started(Map.of("device", "cpu")));
            writer.on(new RunEvent.Sampled(10, "samples", List.of(new Sample(11, "21+18+5=", "#### 44",
                    Optional.of("44"), Optional.of(true)))));
            writer.on(new RunEvent.Ended(Outcome.FINISHED, 10, "", Map.of()));
        }
        return number;
    }

    private void compare(TestWindow window, String tab) {
        ui.robot().push(KeyCode.CONTROL, KeyCode.DIGIT7);
        ui.settle();
        var model = window.session().compareController().model();
        ui.await("the runs are compared", () -> model.comparisonProperty().get() != null && model.rows().size() == 2);
        ui.run(() -> {
            TabPane tabs = ui.find(TabPane.class, "#compare-tabs");
            tabs.getSelectionModel().select(tabs.getTabs().stream()
                    .filter(one -> one.getId().equals("compare-tab-" + tab)).findFirst().orElseThrow());
        });
    }

    @Test
    void oneClickLeadsFromARunsExampleToItsLabel() {
        try (LabelHands hands = LabelHands.open(folder, project, Theme.LIGHT)) {
            hands.settled();
            compare(hands.window(), "examples");
            var examples = hands.window().session().compareController().examples().model();
            ui.await("the rows are listed", () -> !examples.rows().isEmpty());
            ui.run(() -> examples.selectedProperty().set(11));
            ui.await("the row is shown", () -> ui.robot().lookup("#compare-example-label").tryQuery().isPresent());
            ui.picture("compare-label-link-light");
            ui.robot().clickOn("#compare-example-label");
            ui.await("the Label screen is shown",
                    () -> hands.window().assembly().model().screenProperty().get().equals("label"));
            hands.settled();
            assertThat(hands.label().model().datasetProperty().get().id().dataset()).isEqualTo("sums-validation");
            assertThat(hands.text("#label-place")).isEqualTo("12 of 60");
        }
    }

    @Test
    void aMendedLabelMarksTheRunsThatUsedTheOldOne() {
        try (LabelHands hands = LabelHands.open(folder, project, Theme.LIGHT)) {
            hands.choose("sums-steps", LabelTask.STEPS);
            var compared = hands.window().session().compareController().model();
            assertThat(compared.outdatedProperty().get()).isEmpty();
            hands.press(KeyCode.B, KeyCode.P);
            ui.await("the run is marked", () -> compared.outdatedProperty().get().containsKey(run));
            assertThat(compared.outdatedProperty().get().get(run).display()).isEqualTo("sums-steps v2");
            compare(hands.window(), "run");
            ui.run(() -> ui.robot().lookup("#compare-runs").queryTableView().getSelectionModel().select(1));
            ui.await("its details are shown", () -> ui.robot().lookup("#compare-labels").tryQuery().isPresent());
            for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
                hands.window().dress(theme);
                ui.picture("compare-mended" + (theme == Theme.DARK ? "-dark" : "-light"));
            }
            ui.robot().clickOn("#compare-labels");
            hands.settled();
            assertThat(hands.label().model().datasetProperty().get().id().display())
                    .as("the version that the run was trained on").isEqualTo("sums-steps v1");
        }
    }
}
