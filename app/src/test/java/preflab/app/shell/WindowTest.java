package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.dialog.ErrorReport;
import preflab.app.home.RecentProject;
import preflab.app.ui.Ui;
import preflab.datasets.example.Kind;
import preflab.engine.objective.Objectives;
import preflab.projects.store.ProjectException;

class WindowTest {

    private final Ui ui = Ui.get();

    @TempDir
    private Path folder;

    @Test
    void everyScreenIsReachedByItsKey() {
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 860)) {
            for (var key : List.of(new Object[][]{{KeyCode.DIGIT2, "data"}, {KeyCode.DIGIT3, "label"},
                    {KeyCode.DIGIT4, "objectives"}, {KeyCode.DIGIT5, "models"}, {KeyCode.DIGIT6, "train"},
                    {KeyCode.DIGIT7, "compare"},
                    {KeyCode.COMMA, "settings"},
                    {KeyCode.DIGIT1, "home"}})) {
                ui.robot().push(KeyCode.CONTROL, (KeyCode) key[0]);
                ui.settle();
                assertThat(window.assembly().model().screenProperty().get()).isEqualTo(key[1]);
                assertThat(ui.find(ToggleButton.class, "#rail-" + key[1]).isSelected()).isTrue();
            }
        }
    }

    @Test
    void withoutAProjectEveryScreenSaysWhatToDoNext() {
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            String suffix = theme == Theme.DARK ? "-dark" : "-light";
            try (TestWindow window = new TestWindow(folder, theme, Ui.NARROW, 640)) {
                for (String screen : List.of("home", "data", "label", "train", "compare", "settings")) {
                    window.go(screen);
                    ui.picture(screen + "-no-project" + suffix);
                }
            }
        }
        assertThat(ui.robot().lookup(".empty-title").queryAll()).isNotNull();
    }

    @Test
    void makingAProjectOpensItAndRemembersIt() {
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.NARROW, 640)) {
            window.picker().willChoose(folder.resolve("sums"));
            ui.robot().clickOn("#home-new");
            window.session();
            assertThat(folder.resolve("sums.preflab")).isDirectory();
            ui.await("the preferences are written", () -> Preferences.read(folder.resolve("window.properties")).recent()
                    .stream().map(RecentProject::name).toList().contains("sums"));
            assertThat(ui.stage().getTitle()).isEqualTo("sums – Preflab");
        }
    }

    @Test
    void theBuiltInExampleOpensWithDataAModelAndAFormReadyToStart() {
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940)) {
            ui.robot().clickOn("#home-example");
            var train = window.session().trainController();
            window.go("train");
            ui.await("the data is there", 120, () -> train.model().datasetProperty().get() != null
                    && !train.model().modelRefProperty().get().isEmpty());
            assertThat(train.model().modelRefProperty().get()).isEqualTo("builtin:sums");
            assertThat(train.model().evaluationProperty().get().id().dataset()).isEqualTo("sums-validation");
            ui.run(() -> train.model().objectiveProperty().set(Objectives.find("dpo").orElseThrow()));
            ui.robot().clickOn("#train-check");
            ui.await("the check is over", () -> !train.model().busyProperty().get());
            ui.picture("train-example-light");
            assertThat(train.model().datasetProperty().get().kind()).isEqualTo(Kind.PAIRED);
            assertThat(ui.robot().lookup("#train-findings .notice.bad").queryAll()).isEmpty();
        }
    }

    @Test
    void aFolderThatIsNoProjectIsExplainedInTheErrorScene() throws Exception {
        Path notOne = Files.createDirectory(folder.resolve("photos"));
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.NARROW, 640)) {
            window.picker().willChoose(notOne);
            ui.robot().clickOn("#home-open");
            ui.await("the error is shown", () -> window.errors().reportProperty().get() != null);
            assertThat(ui.find(Label.class, ".error-message").getText()).contains("is not a project");
            ui.robot().type(KeyCode.ESCAPE);
            ui.settle();
            assertThat(window.errors().reportProperty().get()).isNull();
        }
    }

    @Test
    void theErrorSceneShowsCodeMessageAdviceAndFoldedDetailsInBothThemes() {
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            try (TestWindow window = new TestWindow(folder, theme, Ui.NARROW, 640)) {
                ErrorReport report = ErrorReport.of("Opening the project sums", new ProjectException(
                        ProjectException.Code.NEWER_PROJECT,
                        "the project sums was written by a newer version of this program (layout 7, this one reads 1"
                                + " to 3) and is left as it is"));
                ui.run(() -> {
                    window.errors().show(report);
                    window.errors().show(report);
                });
                ui.picture("error-" + (theme == Theme.DARK ? "dark" : "light"));
                assertThat(ui.find(Button.class, "#error-close").isFocused()).isTrue();
                ui.robot().type(KeyCode.ENTER);
                ui.settle();
                assertThat(window.errors().reportProperty().get()).isNull();
            }
        }
    }

    @Test
    void theThemeCanBeChangedWhileTheWindowIsOpenAndIsRemembered() {
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.NARROW, 640)) {
            window.go("settings");
            ui.robot().clickOn("#theme-dark");
            ui.await("the preferences are written", () -> Preferences.read(folder.resolve("window.properties"))
                    .theme() == Theme.DARK);
            assertThat(window.assembly().model().paletteProperty().get()).isEqualTo(Theme.DARK.palette());
        }
    }

    @Test
    void longNamesOfProjectsAreShortenedAndNotPushedOut() {
        Path preferences = folder.resolve("window.properties");
        Preferences list = Preferences.DEFAULT;
        for (int i = 0; i < 12; i++) {
            list = list.withOpened(new RecentProject(
                    folder.resolve("a-folder-with-a-very-long-name".repeat(4))
                            .resolve("a project about preferences and other things ".repeat(4) + i + ".preflab"),
                    Instant.parse("2026-03-0" + (i % 9 + 1) + "T10:15:00Z")));
        }
        list.write(preferences);
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            try (TestWindow window = new TestWindow(folder, theme, Ui.NARROW, 640)) {
                window.go("home");
                ui.picture("home-long-" + (theme == Theme.DARK ? "dark" : "light"));
            }
        }
        assertThat(ui.robot().lookup("#home-recent").queryAll()).hasSize(1);
    }
}
