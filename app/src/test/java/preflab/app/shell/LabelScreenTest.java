package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import preflab.app.ui.CssWarnings;
import preflab.app.ui.LabelFixture;
import preflab.app.ui.ProjectFixture;
import preflab.datasets.label.LabelTask;
import preflab.projects.workspace.Workspace;

/** The Label screen in the whole window: by keys alone, over a restart, and in every look. */
class LabelScreenTest extends WithProject {

    private void inEveryLook(String name, Consumer<LabelHands> prepare) {
        try (LabelHands hands = LabelHands.open(folder, project, Theme.LIGHT)) {
            prepare.accept(hands);
            hands.window().pictures("label-" + name, 940, 720);
        }
    }

    @Test
    void anEmptyProjectSaysWhatToDoNext() {
        inEveryLook("empty", hands -> {
        });
        assertThat(CssWarnings.heard()).isEmpty();
    }

    @Test
    void everyTaskShowsWhatIsAskedAndWhatWasSaid() {
        try (Workspace workspace = Workspace.open(project)) {
            ProjectFixture.addData(workspace);
            LabelFixture.addSums(workspace, "valued", 50);
        }
        inEveryLook("steps", hands -> {
            hands.choose("sums-steps", LabelTask.STEPS);
            hands.press(KeyCode.G, KeyCode.G, KeyCode.G, KeyCode.B, KeyCode.N);
        });
        inEveryLook("threshold", hands -> {
            hands.choose("valued", LabelTask.STEPS);
            hands.press(KeyCode.RIGHT);
            ui.run(() -> hands.label().model().thresholdProperty().set(0.1));
            ui.await("flips are counted", () -> hands.label().model().flipsProperty().get().contains("would flip"));
            assertThat(hands.label().model().flipsProperty().get())
                    .as("of 25 wrong answers with −0.7, 0.2, −1 the second step of each becomes right")
                    .isEqualTo("→ 25 steps in 25 answers would flip");
        });
        inEveryLook("split", hands -> {
            hands.choose("sums-steps", LabelTask.STEPS);
            hands.press(KeyCode.F, KeyCode.S);
        });
        inEveryLook("note", hands -> {
            hands.choose("sums-steps", LabelTask.STEPS);
            hands.press(KeyCode.C);
        });
        inEveryLook("keys", hands -> {
            hands.choose("sums-steps", LabelTask.STEPS);
            hands.press(KeyCode.F1);
        });
        inEveryLook("answers", hands -> {
            hands.choose("sums-answers", LabelTask.ANSWERS);
            hands.press(KeyCode.A, KeyCode.R, KeyCode.LEFT);
        });
        inEveryLook("pairs", hands -> {
            hands.choose("sums-pairs", LabelTask.PAIRS);
            hands.press(KeyCode.B, KeyCode.LEFT);
        });
        inEveryLook("pairs-long", hands -> hands.choose("a-conversation", LabelTask.PAIRS));
        assertThat(CssWarnings.heard()).isEmpty();
    }

    @Test
    void longAnswersAndTheScriptsOfTheWorldAreReadFromTheirSide() {
        try (Workspace workspace = Workspace.open(project)) {
            LabelFixture.addScripts(workspace);
        }
        inEveryLook("long", hands -> hands.choose("scripts", LabelTask.STEPS));
        inEveryLook("arabic", hands -> {
            hands.choose("scripts", LabelTask.STEPS);
            hands.press(KeyCode.RIGHT, KeyCode.B);
        });
        inEveryLook("cjk", hands -> {
            hands.choose("scripts", LabelTask.STEPS);
            hands.press(KeyCode.RIGHT, KeyCode.RIGHT, KeyCode.N);
        });
        assertThat(CssWarnings.heard()).isEmpty();
    }

    @Test
    void annotatorsSeeHowFarTheyAgreeAndAnAdjudicatorHasTheLastWord() {
        try (Workspace workspace = Workspace.open(project)) {
            ProjectFixture.addData(workspace);
            LabelFixture.label(workspace, "sums-steps", "anna", 24, 5);
            LabelFixture.label(workspace, "sums-steps", "ben", 24, 7);
        }
        inEveryLook("people-others", hands -> {
            hands.choose("sums-steps", LabelTask.STEPS);
            hands.press(KeyCode.W);
            ui.await("the figures are there", () -> !hands.text("#label-alpha").isEmpty());
            assertThat(ui.robot().lookup("#label-differing-5").queryAll())
                    .as("nobody sees others' verdicts before giving their own").isEmpty();
        });
        inEveryLook("people", hands -> {
            hands.choose("sums-steps", LabelTask.STEPS);
            ui.run(() -> hands.label().model().annotatorProperty().set("judge"));
            hands.settled();
            hands.press(KeyCode.W);
            ui.robot().clickOn("#label-adjudicate");
            hands.settled();
            assertThat(hands.text("#label-place")).as("the first row they differ on").isEqualTo("5 of 200");
            hands.press(KeyCode.G, KeyCode.G, KeyCode.G, KeyCode.W);
            ui.await("the row is settled", () -> ui.robot().lookup("#label-differing-4").tryQuery().isPresent());
            assertThat(hands.text("#label-alpha")).contains("α over 72 units");
        });
        inEveryLook("adjudicating", hands -> {
            hands.choose("sums-steps", LabelTask.STEPS);
            hands.press(KeyCode.W);
            ui.robot().clickOn("#label-adjudicate");
            hands.settled();
        });
        assertThat(CssWarnings.heard()).isEmpty();
    }

    @Test
    void whatCannotBePublishedSaysWhy() {
        try (Workspace workspace = Workspace.open(project)) {
            LabelFixture.addSums(workspace, "sums", 12);
        }
        inEveryLook("publish-nothing", hands -> {
            hands.choose("sums", LabelTask.STEPS);
            hands.press(KeyCode.P);
            assertThat(hands.text("#label-note")).isEqualTo("nobody has labelled steps of sums v1 yet; there is nothing"
                    + " to publish");
        });
        inEveryLook("publish-refused", hands -> {
            hands.choose("sums", LabelTask.STEPS);
            hands.press(KeyCode.N, KeyCode.G, KeyCode.G, KeyCode.O);
            var publish = hands.label().publishing().publishModel();
            hands.window().picker().willChoose(folder.resolve("refused.jsonl"));
            ui.run(() -> ui.robot().lookup("#label-format").queryComboBox().getSelectionModel().select(1));
            ui.robot().clickOn("#label-export-run");
            hands.settled();
            assertThat(publish.problemProperty().get()).contains("row 1 cannot be written as trl")
                    .contains("say whether neutral counts as good, bad or unmarked");
            assertThat(folder.resolve("refused.jsonl")).doesNotExist();
        });
        assertThat(CssWarnings.heard()).isEmpty();
    }

    @Test
    void whatAModelWouldSayIsMarkedAsSuchAndTakenWithOneKey() {
        try (Workspace workspace = Workspace.open(project)) {
            ProjectFixture.addData(workspace);
            LabelFixture.addSums(workspace, "plain", 12);
            LabelFixture.suggest(workspace, "plain", 12, 3);
            LabelFixture.suggest(workspace, "sums-answers", 10, 0);
            LabelFixture.suggest(workspace, "sums-pairs", 10, 0);
        }
        inEveryLook("suggested", hands -> {
            hands.choose("plain", LabelTask.STEPS);
            hands.press(KeyCode.SPACE);
            assertThat(hands.text("#label-message")).isEqualTo("suggestion taken");
        });
        inEveryLook("suggested-answer", hands -> hands.choose("sums-answers", LabelTask.ANSWERS));
        inEveryLook("suggested-pair", hands -> hands.choose("sums-pairs", LabelTask.PAIRS));
        inEveryLook("suggest-no-run", hands -> {
            hands.choose("plain", LabelTask.STEPS);
            hands.press(KeyCode.I);
        });
        assertThat(CssWarnings.heard()).isEmpty();
    }

    @Test
    void aNoteAFlagAndOtherKeysAreKept() {
        try (Workspace workspace = Workspace.open(project)) {
            LabelFixture.addSums(workspace, "sums", 12);
        }
        try (LabelHands hands = LabelHands.open(folder, project, Theme.LIGHT)) {
            hands.choose("sums", LabelTask.STEPS);
            hands.press(KeyCode.C);
            ui.robot().write("carry is lost").push(KeyCode.ENTER);
            hands.press(KeyCode.F, KeyCode.L, KeyCode.Q);
            ui.robot().write("0.25").push(KeyCode.ENTER);
            hands.settled();
            ui.robot().push(KeyCode.F1).clickOn("#key-SKIP").push(KeyCode.Z).push(KeyCode.ESCAPE);
            hands.press(KeyCode.Z);
            assertThat(hands.text("#label-place")).isEqualTo("3 of 12");
        }
        try (LabelHands hands = LabelHands.open(folder, project, Theme.LIGHT)) {
            hands.settled();
            hands.press(KeyCode.H);
            ui.robot().write("2").push(KeyCode.ENTER);
            hands.press(KeyCode.Z);
            assertThat(hands.text("#label-message")).as("the key chosen before skips").isEqualTo("skipped");
            hands.together(KeyCode.SHIFT, KeyCode.F);
            assertThat(hands.text("#label-place")).isEqualTo("1 of 12");
            assertThat(ui.robot().lookup("carry is lost").tryQuery()).isPresent();
            hands.press(KeyCode.S);
            ui.robot().push(KeyCode.ENTER);
            hands.together(KeyCode.SHIFT, KeyCode.S);
            ui.robot().write("lines").push(KeyCode.ENTER);
            assertThat(hands.text("#label-ask-problem")).contains("24 tokens");
            ui.robot().push(KeyCode.CONTROL, KeyCode.A).write("2 tokens").push(KeyCode.ENTER);
            hands.settled();
            assertThat(ui.on(() -> ui.robot().lookup(".step-row").queryAll().size())).isGreaterThan(3);
        }
    }

    @Test
    void oneErrorSettlesAnAnswerAndAReasonFinishesOne() {
        try (Workspace workspace = Workspace.open(project)) {
            LabelFixture.addSums(workspace, "sums", 12);
        }
        try (LabelHands hands = LabelHands.open(folder, project, Theme.LIGHT)) {
            hands.choose("sums", LabelTask.STEPS);
            hands.press(KeyCode.E);
            hands.press(KeyCode.G, KeyCode.B);
            assertThat(hands.text("#label-done")).startsWith("1 labelled");
            assertThat(hands.text("#label-place")).as("the third step is not asked about").isEqualTo("2 of 12");
            hands.press(KeyCode.DIGIT3);
            assertThat(hands.text("#label-place")).isEqualTo("3 of 12");
            hands.press(KeyCode.LEFT);
            assertThat(ui.on(() -> ui.find(ToggleButton.class, "#finish-bad_problem").isSelected())).isTrue();
        }
    }
}
