package preflab.app.label;

import java.util.Arrays;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
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
        box.setPrefWidth(196);
        box.setConverter(new Shown<>(info -> info.id().display() + " · " + Words.count(info.rows())));
        box.valueProperty().bindBidirectional(model.datasetProperty());
        return box;
    }

    private ComboBox<LabelTask> task() {
        ComboBox<LabelTask> box = new ComboBox<>();
        box.setId("label-task");
        box.setAccessibleText("Task");
        box.setConverter(new Shown<>(LabelTask::id));
        model.datasetProperty().subscribe(info -> {
            LabelTask task = model.taskProperty().get(); // another list would clear it
            box.setItems(FXCollections.observableArrayList(Arrays.stream(LabelTask.values())
                    .filter(any -> info != null && any.accepts(info.kind())).toList()));
            box.setValue(null); // the same place in another list is not drawn anew
            box.setValue(task);
        });
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

    /** A name from the list, or a new one, which counts when it is confirmed or left, not at every letter. */
    private ComboBox<String> annotator() {
        ComboBox<String> box = new ComboBox<>(model.annotators());
        box.setEditable(true);
        box.setId("label-annotator");
        box.setAccessibleText("Annotator");
        box.setPrefWidth(106);
        box.setTooltip(new Tooltip("Verdicts are kept for each annotator; nobody sees another's before giving their"
                + " own"));
        model.annotatorProperty().subscribe(box::setValue);
        box.valueProperty().subscribe(name -> {
            if (name == null || name.isBlank()) {
                box.setValue(model.annotatorProperty().get());
            } else {
                model.annotatorProperty().set(name.strip());
            }
        });
        box.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER && !box.isShowing()) {
                box.setValue(box.getEditor().getText());
                box.getParent().requestFocus();
                event.consume();
            }
        });
        box.focusedProperty().subscribe(focused -> {
            if (!focused) {
                box.setValue(box.getEditor().getText());
            }
        });
        return box;
    }
}
