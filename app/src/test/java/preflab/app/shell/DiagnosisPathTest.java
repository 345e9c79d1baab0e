package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;
import preflab.app.compare.CompareModel;
import preflab.app.compare.ExamplesModel;
import preflab.app.ui.CssWarnings;
import preflab.app.ui.Ui;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.engine.objective.Objectives;
import preflab.engine.param.ParamValues;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunSpec;
import preflab.engine.train.TrainSettings;
import preflab.projects.diagnose.RunDiagnosis;
import preflab.projects.run.RunWorker;
import preflab.projects.workspace.Builtins;
import preflab.projects.workspace.Workspace;

/** A run trained with a learning rate far too high: what is wrong, in which chart and at which rows, by clicks. */
class DiagnosisPathTest extends WithProject {

    @Override
    void fill(Workspace workspace) {
        Builtins.install(workspace);
        ExampleView all = workspace.datasets().view(workspace.datasets().resolve(Builtins.PAIRS.dataset()));
        DatasetVersionId pairs = workspace.datasets().add("pairs", Kind.PAIRED,
                IntStream.range(0, 24).mapToObj(all::get).iterator(), "");
        train(workspace, "far too fast", pairs, "5e-4");
        train(workspace, "as it should be", pairs, "1e-5");
    }

    private static void train(Workspace workspace, String name, DatasetVersionId pairs, String learningRate) {
        int run = workspace.runs().create(new RunSpec(RunSpec.CURRENT_VERSION, name, pairs, Optional.of(pairs),
                "builtin:sums", Optional.empty(), "dpo",
                ParamValues.defaults(Objectives.find("dpo").orElseThrow().params()),
                ParamValues.parse(TrainSettings.ALL,
                        Map.of("training.steps", "12", "training.batch_size", "8", "optimizer.learning_rate",
                                learningRate, "optimizer.max_grad_norm", "100", "samples.prompts", "0",
                                "evaluation.rows", "24", "evaluation.every", "4", "evaluation.kl_prompts", "0",
                                "evaluation.max_new_tokens", "32", "compute.threads", "1"))));
        assertThat(RunWorker.execute(workspace, run, event -> {
        }).outcome()).isEqualTo(Outcome.FINISHED);
    }

    private static CompareModel model(TestWindow window) {
        return window.session().compareController().model();
    }

    private String words() {
        return ui.find(VBox.class, "#compare-diagnoses").lookupAll(".label").stream()
                .map(node -> ((Label) node).getText()).collect(Collectors.joining("\n"));
    }

    private void pictures(TestWindow window, String name) {
        window.pictures(name, 1100, 900);
        window.dress(Theme.LIGHT);
        ui.resize(Ui.WIDE, 1100);
    }

    @Test
    void aFindingLeadsToItsChartAndItsRows() {
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 1100)) {
            window.open(project, "compare");
            ui.await("both runs are compared", () -> model(window).comparisonProperty().get() != null
                    && model(window).comparisonProperty().get().runs().size() == 2);
            ui.robot().clickOn("#compare-tab-diagnoses");
            ui.settle();
            assertThat(words()).contains("The chosen answers became less likely while their lead grew",
                    "Nothing found");
            pictures(window, "diagnoses");

            ui.robot().clickOn("#compare-rows-1");
            ui.await("its rows are read", 120, () -> model(window).comparisonProperty().get().diagnoses().stream()
                    .anyMatch(diagnosis -> diagnosis.rows() == RunDiagnosis.Rows.READ));
            ui.settle();
            assertThat(words()).contains("rows: chosen down by more than", "fell most:",
                    "dpo as it is", "sft_coefficient 1",
                    "what both share can rise", "A first-order figure");
            pictures(window, "diagnoses-rows");

            ui.robot().clickOn(link("eval/logps/chosen"));
            ui.await("its chart is large", () -> window.session().compareController().charts().model()
                    .enlargedProperty().get().equals("eval/logps/chosen"));
            ui.settle();
            ui.picture("diagnoses-chart-light");
            Labeled row = ui.find(VBox.class, "#compare-diagnoses").lookupAll(".button").stream()
                    .map(Labeled.class::cast)
                    .filter(node -> node.getText().startsWith("row ")).findFirst().orElseThrow();
            String number = row.getText().substring(4);
            ui.robot().clickOn(row);
            ui.await("the row is open in Examples", () -> shown().startsWith("Row " + number + " of pairs v1"));
            ui.settle();
            assertThat(shown()).contains("The data's chosen", "The data's rejected", "reference builtin:sums",
                    "far too fast");
            assertThat(examples(window).selectedProperty().get()).isEqualTo(Integer.parseInt(number) - 1);
            assertThat(ui.on(() -> ui.find(ListView.class, "#compare-examples").lookupAll(".list-cell").stream()
                    .map(ListCell.class::cast).anyMatch(cell -> cell.isSelected() && cell.getItem() != null)))
                    .as("its line is in sight").isTrue();
            pictures(window, "diagnoses-row");

            ui.robot().clickOn("#compare-tab-diagnoses");
            ui.settle();
            ui.robot().clickOn("#compare-label-1-" + (Integer.parseInt(number) - 1));
            ui.await("the row is shown", () -> ui.robot().lookup("#label").tryQuery().isPresent());

            window.go("compare");
            ui.settle();
            ui.run(() -> ui.find(Button.class, "#compare-retry-1").fire());
            ui.await("its settings are in Train", () -> window.assembly().model().screenProperty().get()
                    .equals("train"));
        }
        assertThat(CssWarnings.heard()).isEmpty();
    }

    private static ExamplesModel examples(TestWindow window) {
        return window.session().compareController().examples().model();
    }

    /** The words of the example that is read. */
    private String shown() {
        return ui.find(VBox.class, "#compare-example").lookupAll(".label").stream().map(Label.class::cast)
                .map(Label::getText).collect(Collectors.joining("\n"));
    }

    private Labeled link(String text) {
        return (Labeled) ui.find(VBox.class, "#compare-diagnoses").lookupAll(".button").stream()
                .filter(node -> ((Labeled) node).getText().equals(text)).findFirst().orElseThrow();
    }
}
