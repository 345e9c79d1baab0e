package preflab.app.train;

import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.form.ParamForm;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.datasets.store.DatasetInfo;

/** Data, model, reference and name of a run. */
final class TrainInputs extends GridPane {

    /** Counted by hand: a grid does not count rows that are not shown. */
    private static final int REFERENCE_ROW = 3;

    private final TrainModel model;
    private final TrainController controller;

    TrainInputs(TrainController controller) {
        this.controller = controller;
        this.model = controller.model();
        setHgap(10);
        setVgap(6);
        ColumnConstraints controls = new ColumnConstraints();
        controls.setHgrow(Priority.ALWAYS);
        getColumnConstraints().addAll(new ColumnConstraints(ParamForm.LABEL_WIDTH), controls);
        add("Train on", datasets(model.datasetProperty(), "train-dataset", "Data to train on", true));
        add("Held-out rows",
                datasets(model.evaluationProperty(), "train-evaluation", "Held-out rows for metrics", false));
        add("Model", models(model.modelRefProperty(), "train-model", "Model"));
        Label label = Nodes.label("Reference");
        Node reference = models(model.referenceProperty(), "train-reference", "Frozen reference");
        label.setLabelFor(reference);
        label.textProperty().bind(model.objectiveProperty()
                .map(type -> type.defaultNeeds().prior() ? "Prior" : "Reference"));
        var needed = Bindings.createBooleanBinding(() -> model.objectiveProperty().get().defaultNeeds().frozenModel(),
                model.objectiveProperty());
        Nodes.showWhen(label, needed);
        Nodes.showWhen(reference, needed);
        addRow(REFERENCE_ROW, label, reference);
        TextField name = new TextField();
        name.setId("train-name");
        name.setAccessibleText("Name of the run");
        name.textProperty().bindBidirectional(model.nameProperty());
        name.promptTextProperty().bind(Bindings.createStringBinding(() -> model.objectiveProperty().get().id() + " "
                + (model.datasetProperty().get() == null ? "" : model.datasetProperty().get().id().dataset()),
                model.objectiveProperty(), model.datasetProperty()));
        Label named = Nodes.label("Name");
        named.setLabelFor(name);
        addRow(REFERENCE_ROW + 1, named, name);
    }

    private void add(String title, Node control) {
        Label label = Nodes.label(title);
        label.setLabelFor(control);
        addRow(getRowCount(), label, control);
    }

    private ComboBox<DatasetInfo> datasets(ObjectProperty<DatasetInfo> chosen, String id, String name,
            boolean mustFit) {
        ComboBox<DatasetInfo> box = new ComboBox<>();
        box.setId(id);
        box.setAccessibleText(name);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setMinWidth(0);
        box.setPromptText(mustFit ? "Choose data" : "none");
        Runnable fill = () -> {
            DatasetInfo before = chosen.get();
            box.getItems().setAll(model.datasets());
            if (!mustFit) {
                box.getItems().addFirst(null);
            }
            chosen.set(before);
        };
        model.datasets().addListener((ListChangeListener<DatasetInfo>) change -> fill.run());
        fill.run();
        box.setCellFactory(list -> new DatasetCell(mustFit));
        box.setButtonCell(new ChosenCell());
        box.valueProperty().bindBidirectional(chosen);
        if (mustFit) { // what fits depends on the objective: let the cells look again
            model.objectiveProperty().subscribe(type -> box.setCellFactory(list -> new DatasetCell(true)));
        }
        return box;
    }

    private Node models(StringProperty chosen, String id, String name) {
        ComboBox<String> box = new ComboBox<>(model.models());
        box.setId(id);
        box.setEditable(true);
        box.setAccessibleText(name);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setMinWidth(60);
        box.getEditor().setPromptText(id.equals("train-reference") ? "the model itself" : "builtin:…, run:… or folder");
        box.getEditor().textProperty().bindBidirectional(chosen);
        Button folder = Nodes.iconButton(Feather.FOLDER, name + ": choose a folder…",
                () -> controller.chooseModelFolder(chosen::set));
        HBox row = Nodes.row(4, box, folder);
        HBox.setHgrow(box, Priority.ALWAYS);
        return row;
    }

    /** A version with its kind and size; one that does not fit is disabled and says why. */
    private final class DatasetCell extends ListCell<DatasetInfo> {
        private final boolean mustFit;

        DatasetCell(boolean mustFit) {
            this.mustFit = mustFit;
        }

        @Override
        protected void updateItem(DatasetInfo info, boolean empty) {
            super.updateItem(info, empty);
            if (empty) {
                setText(null);
                setDisable(false);
                return;
            }
            Optional<String> why = mustFit && info != null ? controller.unfit(info) : Optional.empty();
            setDisable(why.isPresent());
            setText(info == null
                    ? "none"
                    : info.id().display() + "  ·  " + info.kind().id() + "  ·  "
                            + why.orElseGet(() -> Words.count(info.rows(), "row")));
        }
    }

    /** The chosen version, short enough for the closed box. */
    private static final class ChosenCell extends ListCell<DatasetInfo> {
        @Override
        protected void updateItem(DatasetInfo info, boolean empty) {
            super.updateItem(info, empty);
            setText(info == null ? "none" : info.id().display() + "  ·  " + info.kind().id());
        }
    }
}
