package preflab.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.dialog.ErrorModel;
import preflab.app.task.Work;
import preflab.app.ui.ProjectFixture;
import preflab.app.ui.ScriptedPicker;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.Outcome;
import preflab.projects.chart.Palette;
import preflab.projects.chart.ViewPort;
import preflab.projects.workspace.Workspace;

class CompareControllerTest {

    private static final DatasetVersionId PAIRS = new DatasetVersionId("pairs", 1, "a".repeat(64));

    @TempDir
    private Path folder;

    private final CompareModel model = new CompareModel();
    private final ScriptedPicker picker = new ScriptedPicker();
    private final ErrorModel errors = new ErrorModel();
    private Workspace workspace;
    private CompareController controller;

    @BeforeEach
    void open() {
        workspace = Workspace.create(folder.resolve("p.preflab"));
        controller = new CompareController(model, workspace, picker, Work.direct(), errors);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private void addRuns(int runs) {
        for (int i = 1; i <= runs; i++) {
            ProjectFixture.addRun(workspace, "dpo", "dpo " + i, PAIRS, i, 40, Outcome.FINISHED);
        }
        controller.setRuns(workspace.runs().list());
    }

    @Test
    void theNewestFourArePickedAtFirst() {
        addRuns(6);
        assertThat(model.picked()).containsExactly(3, 4, 5, 6);
        assertThat(model.comparisonProperty().get().runs()).hasSize(4);
    }

    @Test
    void readingTheSameListAgainChangesNothingThatWasPicked() {
        addRuns(3);
        controller.toggle(2);
        controller.setRuns(workspace.runs().list());
        assertThat(model.picked()).containsExactly(1, 3);
    }

    @Test
    void theFilterShowsTheRunsThatFitAndPointsAtWhatItCannotRead() {
        addRuns(3);
        model.filterProperty().set("seed > 1 and objective in (dpo, ipo)");
        assertThat(model.rows()).extracting(row -> row.numbers().getFirst()).containsExactly(3, 2);

        model.filterProperty().set("seed > 1 and beta");
        assertThat(model.filterProblemProperty().get())
                .isEqualTo("seed > 1 and beta▸   expected =, !=, <, <=, >, >=, ~ or in at the end");
        assertThat(model.rows()).as("those that fitted last").hasSize(2);

        model.filterProperty().set("beta = 0.1 and learning_rate > 0 and eval/accuracy > 0");
        assertThat(model.rows()).hasSize(3);
        assertThat(model.filterProblemProperty().get()).isEmpty();
        model.filterProperty().set("");
        assertThat(model.rows()).hasSize(3);
    }

    @Test
    void aStarMakesTheBaselineAndPicksTheRun() {
        addRuns(3);
        controller.toggle(2);
        controller.star(2);
        assertThat(model.picked()).contains(2);
        assertThat(model.comparisonProperty().get().baseline()).hasValue(2);
        controller.star(2);
        assertThat(model.comparisonProperty().get().baseline()).isEmpty();
    }

    @Test
    void aBaselineThatIsLeftOutIsNoBaselineAnyMore() {
        addRuns(2);
        controller.star(1);
        controller.toggle(1);
        assertThat(model.baselineProperty().get()).isNull();
        assertThat(model.comparisonProperty().get().runs()).hasSize(1);
    }

    @Test
    void withoutAPickedRunThereIsNothingToCompare() {
        addRuns(1);
        controller.toggle(1);
        assertThat(model.comparisonProperty().get()).isNull();
    }

    @Test
    void theReportAndAChartAreSavedWhereThePersonSays() throws Exception {
        addRuns(2);
        Path report = folder.resolve("report.html");
        Path chart = folder.resolve("loss.svg");
        picker.willChoose(report, chart);
        controller.saveReport();
        controller.saveChart(controller.charts().model().charts().getFirst(), ViewPort.ALL, Palette.LIGHT);
        assertThat(Files.readString(report)).contains("<svg");
        assertThat(Files.readString(chart)).startsWith("<svg");
        assertThat(model.savedProperty().get()).endsWith("loss.svg");
        assertThat(errors.reportProperty().get()).isNull();
    }

    @Test
    void aFileThatCannotBeWrittenIsExplained() throws Exception {
        addRuns(1);
        picker.willChoose(Files.createFile(folder.resolve("a-file")).resolve("report.html"));
        controller.saveReport();
        assertThat(errors.reportProperty().get()).isNotNull();
    }
}
