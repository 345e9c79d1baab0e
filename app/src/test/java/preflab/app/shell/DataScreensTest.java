package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import preflab.app.data.DataModel;
import preflab.app.ui.CssWarnings;
import preflab.app.ui.ProjectFixture;
import preflab.app.ui.Ui;
import preflab.datasets.example.Content;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.Source;
import preflab.datasets.example.Unpaired;
import preflab.datasets.store.DatasetInfo;
import preflab.projects.workspace.Workspace;

/** The tabs of the Data screen, used by mouse and keyboard and looked at in both themes. */
class DataScreensTest extends WithProject {

    private static final int CHECKS = 1;
    private static final int TOKENS = 2;
    private static final int CONVERT = 3;
    private static final int HISTORY = 4;

    @Override
    void fill(Workspace workspace) {
        ProjectFixture.addData(workspace);
        workspace.datasets().add("sums-pairs", Kind.PAIRED, IntStream.range(1000, 6000).mapToObj(this::pair)
                .iterator(), "rows 1,001 to 5,000 of the first version, and others");
        workspace.datasets().add("forum", Kind.UNPAIRED, IntStream.range(0, 400).mapToObj(DataScreensTest::post)
                .iterator(), "typed");
        workspace.datasets().add("languages", Kind.PAIRED, List.of(foreign(0, "ما هي عاصمة فرنسا؟",
                "باريس هي عاصمة فرنسا.", "لندن"), foreign(1, "フランスの首都はどこですか。", "パリです。", "ロンドンです。"),
                foreign(2, "מהי בירת צרפת?", "פריז 🙂", "לונדון")).iterator(), "typed");
    }

    private Paired pair(int i) {
        return new Paired(new ExampleId(i - 1000), Content.of("What is " + i + " + 1?"), Content.of("" + (i + 1)),
                Content.of("" + i), new Source("more.jsonl", i));
    }

    /** Every tenth row again, every twentieth contradicts an earlier one, one answer is empty, few are rejected. */
    private static Unpaired post(int i) {
        int question = i % 10 == 9 || i % 20 == 18 ? i - 5 : i;
        boolean accepted = i % 20 != 18 && i % 33 != 0;
        String answer = i == 50 ? "" : "the answer to it is number " + question + " of the list ".repeat(i % 37);
        if (question != i) {
            answer = "the answer to it is number " + question + " of the list ".repeat(question % 37);
        }
        return new Unpaired(new ExampleId(i), Content.of("question number " + question + " of this forum?"),
                Content.of(answer), accepted, new Source("forum.jsonl", i + 1L));
    }

    private static Paired foreign(int i, String prompt, String chosen, String rejected) {
        return new Paired(new ExampleId(i), Content.of(prompt), Content.of(chosen), Content.of(rejected),
                new Source("languages.jsonl", i + 1L));
    }

    private void inEveryLook(String name, Consumer<TestWindow> prepare) {
        inEveryLook(name, 8, prepare);
    }

    private void inEveryLook(String name, int datasets, Consumer<TestWindow> prepare) {
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940)) {
            window.open(project, "data");
            DataModel model = window.session().dataController().model();
            ui.await("the datasets are listed", () -> model.datasets().size() == datasets);
            prepare.accept(window);
            window.pictures(name, 940, 720);
        }
        assertThat(CssWarnings.heard()).isEmpty();
    }

    private DataModel select(TestWindow window, String dataset, int version) {
        DataModel model = window.session().dataController().model();
        ui.run(() -> model.selectedProperty().set(model.datasets().stream().filter(
                info -> info.id().dataset().equals(dataset) && info.id().version() == version).findFirst()
                .orElseThrow()));
        int rows = model.selectedProperty().get().rows();
        ui.await("the rows are there", () -> ui.find(TableView.class, "#data-rows").getItems().size() == rows);
        return model;
    }

    private void tab(int index) {
        ui.run(() -> ui.find(TabPane.class, "#data-tabs").getSelectionModel().select(index));
    }

    @Test
    void rowsAreSearchedFilteredAndSortedByMouseAndKeyboard() {
        inEveryLook("data-filtered", window -> {
            DataModel model = select(window, "sums-steps", 1);
            ui.robot().clickOn("#data-filter-marks");
            ui.robot().clickOn("wrong answer");
            ui.await("half of the rows are right", () -> model.rowsNoteProperty().get().equals("100 of 200 rows"));
            ui.robot().clickOn("#data-filter-least").write("8").type(KeyCode.ENTER);
            ui.await("the range counts too", () -> !model.rowsNoteProperty().get().equals("100 of 200 rows"));
            ui.robot().clickOn("#data-search").write("+4=");
            ui.await("words are found", () -> model.rowsNoteProperty().get().matches("\\d+ of 200 rows"));
            ui.robot().clickOn("#data-descending");
            TableView<?> table = ui.find(TableView.class, "#data-rows");
            ui.await("there are rows", () -> !table.getItems().isEmpty());
            ui.run(() -> table.getSelectionModel().select(0));
            ui.await("the example is there", () -> model.exampleProperty().get() != null);
        });
    }

    @Test
    void textsOfOtherScriptsAreShownAsTheyAreRead() {
        inEveryLook("data-scripts", window -> {
            DataModel model = select(window, "languages", 1);
            ui.run(() -> ui.find(TableView.class, "#data-rows").getSelectionModel().select(0));
            ui.await("the example is there", () -> model.exampleProperty().get() != null);
        });
    }

    @Test
    void aCheckSaysWhatToMendAndShowsTheRows() {
        inEveryLook("data-checks", window -> {
            DataModel model = select(window, "forum", 1);
            tab(CHECKS);
            ui.await("there is a tokenizer", () -> !ui.find(ComboBox.class, "#checks-tokenizer").getItems().isEmpty());
            ui.picture("data-checks-before");
            ui.robot().clickOn("#checks-run");
            ui.await("it is checked", () -> ui.robot().lookup("#checks-findings").tryQuery().isPresent());
            ui.robot().clickOn(".finding-show");
            ui.await("its rows are shown", () -> ui.find(TabPane.class, "#data-tabs").getSelectionModel()
                    .getSelectedIndex() == 0 && model.exampleProperty().get() != null);
            tab(CHECKS);
            ui.run(() -> ui.find(Slider.class, "#checks-max-length").setValue(300));
            assertThat(ui.find(Label.class, "#checks-cut").getText()).contains("are longer");
        });
    }

    /** Lengths of all kinds; some rows again, some with a word more, some with prompts of the first hundred. */
    private static Paired story(int i) {
        int subject = i % 9 == 8 ? i - 4 : i;
        String answer = "here is what I know about subject number " + subject + ", "
                + "and then it went on for a while, ".repeat((int) (12 * Math.abs(Math.sin(subject)) + subject % 4));
        return new Paired(new ExampleId(i), Content.of("Tell me all that there is to say about subject " + subject / 3),
                Content.of(answer + (i % 18 == 8 ? "the end" : "")), Content.of("no" + " and no".repeat(subject % 60)),
                new Source("stories.jsonl", i + 1L));
    }

    @Test
    void whatTheRowsAreMadeOfIsShownInPictures() {
        try (Workspace workspace = Workspace.open(project)) {
            workspace.datasets().add("stories", Kind.PAIRED, IntStream.range(0, 3000).mapToObj(DataScreensTest::story)
                    .iterator(), "typed");
            workspace.datasets().add("stories-test", Kind.PAIRED, IntStream.range(0, 200).mapToObj(
                    i -> i < 40 ? story(i) : pair(i + 1000).withId(new ExampleId(i))).iterator(), "typed");
        }
        inEveryLook("data-statistics", 10, window -> {
            DataModel model = select(window, "stories", 1);
            tab(CHECKS);
            ui.await("there is a tokenizer", () -> !ui.find(ComboBox.class, "#checks-tokenizer").getItems().isEmpty());
            ui.run(() -> {
                @SuppressWarnings("unchecked")
                ComboBox<DatasetInfo> heldOut = ui.find(ComboBox.class, "#checks-held-out");
                heldOut.setValue(model.datasets().stream().filter(info -> info.id().dataset().equals("stories-test"))
                        .findFirst().orElseThrow());
            });
            ui.robot().clickOn("#checks-run");
            ui.await("it is checked", () -> ui.robot().lookup("#checks-compositions").tryQuery().isPresent());
            ui.run(() -> ui.find(Slider.class, "#checks-max-length").setValue(360));
            ui.picture("data-statistics-findings");
            ui.run(() -> ui.find(ScrollPane.class, "#data-checks").setVvalue(1));
        });
    }

    @Test
    void aHugeDatasetAndAHugeRowAreShown() {
        try (Workspace workspace = Workspace.open(project)) {
            workspace.datasets().add("sums-huge", Kind.PAIRED, IntStream.range(0, 100_000)
                    .mapToObj(i -> i == 99_999
                            ? new Paired(new ExampleId(i), Content.of("the last question, with an answer of 250 KB"),
                                    Content.of("a long story, ".repeat(18_000)), Content.of("no"),
                                    new Source("huge.jsonl", i + 1L))
                            : pair(i + 1000))
                    .iterator(), "typed");
        }
        inEveryLook("data-huge", 9, window -> {
            DataModel model = select(window, "sums-huge", 1);
            TableView<?> table = ui.find(TableView.class, "#data-rows");
            ui.run(() -> {
                table.scrollTo(99_999);
                table.getSelectionModel().select(99_999);
            });
            ui.await("the example is there", () -> model.exampleProperty().get() != null);
        });
    }

    @Test
    void rowsThatACheckFoundAreLeftOutOfTheNextVersion() {
        inEveryLook("data-left-out", window -> {
            DataModel model = select(window, "forum", 1);
            tab(CHECKS);
            ui.robot().clickOn("#checks-run");
            ui.await("it is checked", () -> ui.robot().lookup(".finding-leave").tryQuery().isPresent());
            ui.robot().clickOn(".finding-leave");
            ui.await("it is made", () -> model.datasets().size() == 9);
            assertThat(ui.find(Label.class, "#checks-left").getText()).isEqualTo("Made forum v2.");
        });
    }

    @Test
    void aRowIsShownAsTheTokensThatTheModelReads() {
        inEveryLook("data-tokens", window -> {
            DataModel model = select(window, "sums-pairs", 1);
            ui.run(() -> ui.find(TableView.class, "#data-rows").getSelectionModel().select(3));
            ui.await("the example is there", () -> model.exampleProperty().get() != null);
            tab(TOKENS);
            ui.await("its tokens are shown", () -> ui.robot().lookup(".token-mark").tryQuery().isPresent());
            ui.robot().doubleClickOn("#tokens-max-length").write("22").type(KeyCode.ENTER);
            ui.await("the cut is shown", () -> ui.robot().lookup(".token-mark.cut").tryQuery().isPresent());
            ui.robot().clickOn("#tokens-prompt_truncation");
            ui.robot().clickOn("cut_left");
            ui.await("it is the prompt's", () -> ui.robot().lookup(node -> node instanceof Label label
                    && label.getText().contains("cut from the prompt")).tryQuery().isPresent());
        });
    }

    @Test
    void aConversionSaysWhatWouldComeOfItAndMakesAVersion() {
        inEveryLook("data-convert", window -> {
            DataModel model = select(window, "sums-pairs", 1);
            tab(CONVERT);
            ui.robot().clickOn("#convert-recipe");
            ui.robot().clickOn("Pairs → single answers");
            ui.await("it is counted", () -> ui.find(Label.class, "#convert-result").getText()
                    .equals("5,000 rows would become 10,000 rows of kind unpaired"));
            ui.robot().clickOn("#convert-make");
            ui.await("it is made", () -> model.datasets().size() == 9);
            assertThat(ui.find(Label.class, "#convert-remark").getText()).isEqualTo("Made sums-pairs-unpaired v1.");
            ui.robot().clickOn("#split-run");
            ui.await("it is split", () -> ui.robot().lookup("#split-train").tryQuery().isPresent());
        });
    }

    @Test
    void theHistorySaysWhereRowsComeFromAndWhatChanged() {
        inEveryLook("data-history", window -> {
            select(window, "sums-pairs", 2);
            tab(HISTORY);
            ui.robot().clickOn("#data-compare-with").type(KeyCode.DOWN).type(KeyCode.UP).type(KeyCode.ENTER);
            ui.await("the versions are compared", () -> ui.robot().lookup("#data-difference-added").tryQuery()
                    .isPresent());
        });
    }

    @Test
    void aVersionIsDeletedAndRestoredByClicks() {
        inEveryLook("data-trash", window -> {
            DataModel model = select(window, "languages", 1);
            tab(HISTORY);
            ui.robot().clickOn("#data-delete");
            ui.await("it is gone", () -> model.datasets().size() == 7);
            ui.await("it lies in the trash", () -> ui.robot().lookup(".restore").tryQuery().isPresent());
            ui.robot().clickOn(".restore");
            ui.await("it is back", () -> model.datasets().size() == 8);
            select(window, "languages", 1);
            ui.robot().clickOn("#data-delete");
            ui.await("it is gone again", () -> model.datasets().size() == 7);
            ui.await("it lies in the trash again", () -> ui.robot().lookup(".restore").tryQuery().isPresent());
        });
    }
}
