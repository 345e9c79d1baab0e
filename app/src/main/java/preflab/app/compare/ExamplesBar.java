package preflab.app.compare;

import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.datasets.example.DatasetVersionId;

/** Which rows, how many, and the work of scoring them. */
final class ExamplesBar extends VBox {

    private final ExamplesModel examples;

    ExamplesBar(ExamplesController controller) {
        super(6);
        this.examples = controller.model();
        setPadding(new Insets(0, 12, 4, 12));
        ComboBox<DatasetVersionId> dataset = choice("compare-examples-data", "Rows of", examples.datasets(),
                examples.datasetProperty(), DatasetVersionId::display, 190);
        ComboBox<Integer> limit = choice("compare-examples-limit", "How many rows",
                FXCollections.observableArrayList(ExamplesModel.LIMITS), examples.limitProperty(),
                rows -> "first " + Words.count(rows), 120);
        Button score = Nodes.button("Score rows", Feather.ACTIVITY, controller::score);
        score.setId("compare-score");
        score.setTooltip(new Tooltip("Log-probability and dL/dlogp of every token, by the reference and every picked"
                + " run; computed beside the window, kept in the project"));
        score.disableProperty().bind(examples.scoringProperty().or(examples.completeProperty()));
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(examples.progressProperty());
        bar.setPrefWidth(110);
        Nodes.showWhen(bar, examples.scoringProperty());
        Button cancel = Nodes.button("Cancel", Feather.X, controller::cancel);
        cancel.setId("compare-score-cancel");
        Nodes.showWhen(cancel, examples.scoringProperty());
        Label words = Nodes.label("", "muted", "small");
        words.setId("compare-score-words");
        words.textProperty().bind(examples.wordsProperty());
        Nodes.showWhen(words, examples.wordsProperty().isNotEmpty());
        FlowPane row = new FlowPane(8, 6, Nodes.label("Rows of", "muted", "small"), dataset, limit, score, bar, cancel,
                words);
        row.setAlignment(Pos.CENTER_LEFT);
        Label problem = Nodes.wrapped("", "small");
        problem.setId("compare-examples-problem");
        problem.textProperty().bind(examples.problemProperty());
        var notice = Nodes.notice("warn", Feather.ALERT_TRIANGLE, problem);
        Nodes.showWhen(notice, examples.problemProperty().isNotEmpty());
        getChildren().addAll(row, notice);
        managedProperty().bind(Bindings.isNotEmpty(examples.datasets()).or(examples.problemProperty().isNotEmpty()));
        visibleProperty().bind(managedProperty());
    }

    /** A box of choices that are not typed; never empty while there is one. */
    static <T> ComboBox<T> choice(String id, String name, ObservableList<T> items, ObjectProperty<T> value,
            Function<T, String> words, double width) {
        ComboBox<T> box = new ComboBox<>(items);
        box.setId(id);
        box.setAccessibleText(name);
        box.setPrefWidth(width);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(T item) {
                return item == null ? "" : words.apply(item);
            }

            @Override
            public T fromString(String text) {
                return null; // nobody types here
            }
        });
        value.subscribe(box::setValue);
        box.valueProperty().subscribe(chosen -> {
            if (chosen != null) {
                value.set(chosen);
            }
        });
        return box;
    }
}
