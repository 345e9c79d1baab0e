package preflab.app.label;

import java.util.Arrays;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.util.StringConverter;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.datasets.label.LabelTask;
import preflab.datasets.store.DatasetInfo;

/** Which version, which task, who. */
final class SetupBar extends FlowPane {

    private final LabelModel model;

    SetupBar(LabelController controller) {
        super(12, 8);
        this.model = controller.model();
        getStyleClass().add("label-setup");
        getChildren().addAll(named("Data", dataset()), named("Task", task()), named("Annotator", annotator()),
                new QueueMenu(model), firstError());
        Nodes.showWhen(this, model.datasetProperty().isNotNull());
    }

    private static HBox named(String name, Node control) {
        Label label = Nodes.label(name, "muted", "small");
        label.setMinWidth(USE_PREF_SIZE);
        return Nodes.row(6, label, control);
    }

    private ComboBox<DatasetInfo> dataset() {
        ComboBox<DatasetInfo> box = new ComboBox<>(model.datasets());
        box.setId("label-dataset");
        box.setAccessibleText("Dataset version");
        box.setPrefWidth(214);
        box.setConverter(new Shown<>(info -> info.id().display() + " · " + Words.count(info.rows(), "row")));
        box.valueProperty().bindBidirectional(model.datasetProperty());
        return box;
    }

    private ComboBox<LabelTask> task() {
        ComboBox<LabelTask> box = new ComboBox<>();
        box.setId("label-task");
        box.setAccessibleText("Task");
        box.setConverter(new Shown<>(LabelTask::id));
        model.datasetProperty().subscribe(info -> box.getItems().setAll(Arrays.stream(LabelTask.values())
                .filter(task -> info != null && task.accepts(info.kind())).toList()));
        model.taskProperty().subscribe(box::setValue);
        box.valueProperty().subscribe(task -> {
            if (task != null) {
                model.taskProperty().set(task);
            }
        });
        return box;
    }

    private CheckBox firstError() {
        CheckBox box = new CheckBox("First error only");
        box.setId("label-first-error");
        box.setTooltip(new Tooltip("One “bad” settles the answer: steps before it become good, those after it stay"
                + " unmarked"));
        box.setMinWidth(USE_PREF_SIZE);
        box.selectedProperty().bindBidirectional(model.firstErrorProperty());
        Nodes.showWhen(box, model.taskProperty().isEqualTo(LabelTask.STEPS));
        return box;
    }

    /** The name counts when it is confirmed or left, not at every letter. */
    private TextField annotator() {
        TextField field = new TextField();
        field.setId("label-annotator");
        field.setAccessibleText("Annotator");
        field.setPrefColumnCount(6);
        field.setTooltip(new Tooltip("Verdicts are kept for each annotator; nobody sees another's before giving their"
                + " own"));
        model.annotatorProperty().subscribe(field::setText);
        Runnable take = () -> {
            if (field.getText().isBlank()) {
                field.setText(model.annotatorProperty().get());
            } else {
                model.annotatorProperty().set(field.getText().strip());
            }
        };
        field.setOnAction(e -> {
            take.run();
            field.getParent().requestFocus();
        });
        field.focusedProperty().subscribe(focused -> {
            if (!focused) {
                take.run();
            }
        });
        return field;
    }

    /** Shows values by a word; nobody types them. */
    private static final class Shown<T> extends StringConverter<T> {
        private final Function<T, String> word;

        Shown(Function<T, String> word) {
            this.word = word;
        }

        @Override
        public String toString(T value) {
            return value == null ? "" : word.apply(value);
        }

        @Override
        public T fromString(String text) {
            throw new UnsupportedOperationException("chosen from a list, never typed");
        }
    }
}
