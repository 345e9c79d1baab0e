package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.cli.TinyModel;
import preflab.app.ui.LabelFixture;
import preflab.app.ui.Ui;
import preflab.datasets.example.Kind;
import preflab.engine.train.RunSpec;
import preflab.projects.store.RunState;
import preflab.projects.workspace.Workspace;

/** What was labelled trains PIPA-M, token by token with the labels of the steps, two keys and a click later. */
class LabelTrainTest {

    private static final int PATIENCE = 180;

    private final Ui ui = Ui.get();

    @TempDir
    private Path folder;

    @Test
    void aLabelledVersionTrainsPipaMAtStepLevel() throws Exception {
        Path model = TinyModel.in(folder.resolve("tiny"));
        Path project = folder.resolve("sums.preflab");
        try (Workspace workspace = Workspace.create(project)) {
            LabelFixture.addSums(workspace, "sums", 24);
        }
        try (LabelHands hands = LabelHands.open(folder, project, Theme.LIGHT)) {
            hands.settled();
            hands.press(KeyCode.G, KeyCode.G, KeyCode.G, KeyCode.B, KeyCode.B, KeyCode.B);
            hands.together(KeyCode.SHIFT, KeyCode.T);
            TestWindow window = hands.window();
            ui.await("the Train screen is shown",
                    () -> window.assembly().model().screenProperty().get().equals("train"));
            var train = window.session().trainController();
            assertThat(train.model().objectiveProperty().get().id()).isEqualTo("pipa_m");
            assertThat(train.model().datasetProperty().get().id().display()).isEqualTo("sums v2");
            assertThat(train.model().datasetProperty().get().kind()).isEqualTo(Kind.STEPWISE);
            ui.picture("label-path-train-light");
            ui.run(() -> train.model().modelRefProperty().set(model.toString()));
            ui.run(() -> train.model().basic().fill(Map.of("training.steps", "6", "training.batch_size", "4")));
            ui.robot().clickOn("#train-start");
            var live = train.live().model();
            ui.await("the run has ended", PATIENCE, () -> window.errors().reportProperty().get() != null
                    || (live.summaryProperty().get() != null && live.summaryProperty().get().state().isOver()));
            assertThat(window.errors().reportProperty().get()).isNull();
            assertThat(live.summaryProperty().get().state()).isEqualTo(RunState.FINISHED);
            assertThat(live.series("value/geo_likelihood").size()).as("a value head was trained").isPositive();
            RunSpec spec = window.session().workspace().runs().spec(live.summaryProperty().get().id());
            assertThat(spec.objective()).isEqualTo("pipa_m");
            assertThat(spec.dataset().display()).isEqualTo("sums v2");
            itsValueHeadSuggests(hands);
        }
    }

    private void itsValueHeadSuggests(LabelHands hands) {
        ui.robot().push(KeyCode.CONTROL, KeyCode.DIGIT3);
        hands.settled();
        hands.press(KeyCode.I);
        ui.await("the run is offered",
                () -> ui.robot().lookup("#label-suggest-run").queryComboBox().getValue() != null);
        ui.robot().clickOn("#label-suggest-start");
        ui.await("the run has suggested", PATIENCE, () -> !hands.text("#label-suggest-note").isEmpty());
        assertThat(hands.text("#label-suggest-note")).startsWith("96 suggestions by the posterior of run 1");
        ui.picture("label-path-suggested-light");
        ui.robot().push(KeyCode.ESCAPE);
        hands.settled();
        String before = hands.text("#label-done");
        hands.press(KeyCode.SPACE, KeyCode.SPACE, KeyCode.SPACE);
        assertThat(before).startsWith("2 labelled");
        assertThat(hands.text("#label-done")).as("three suggestions taken with one key each").startsWith("3 labelled");
    }
}
