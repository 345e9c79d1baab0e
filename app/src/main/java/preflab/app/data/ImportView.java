package preflab.app.data;

import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.ScreenHeader;
import preflab.app.widget.Words;
import preflab.datasets.importer.Detection;

/** The way in: what the file seems to be, what a person may correct, progress, report. */
final class ImportView extends VBox {

    private static final double FORM_WIDTH = 350;

    private final ImportModel model;
    private final ImportController controller;
    private final StackPane body = new StackPane();

    ImportView(ImportController controller) {
        this.controller = controller;
        this.model = controller.model();
        setId("data-import-view");
        Button skip = Nodes.button("Skip this file", Feather.SKIP_FORWARD, controller::next);
        skip.setId("import-skip");
        Nodes.showWhen(skip, Bindings.isNotEmpty(model.waiting())
                .and(model.stageProperty().isNotEqualTo(ImportStage.IMPORTING))
                .and(model.stageProperty().isNotEqualTo(ImportStage.REPORT)));
        Button back = Nodes.button("Back to datasets", Feather.ARROW_LEFT, controller::close);
        back.setId("import-back");
        back.setCancelButton(true);
        back.disableProperty().bind(model.stageProperty().isEqualTo(ImportStage.IMPORTING));
        ScreenHeader header = new ScreenHeader("Import", skip, back);
        header.note().textProperty().bind(Bindings.createStringBinding(this::where, model.fileProperty(),
                model.waiting()));
        body.getStyleClass().add("screen-body");
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(header, body);
        model.stageProperty().subscribe(this::show);
        model.detectionProperty().subscribe((before, detection) -> show(model.stageProperty().get()));
    }

    private String where() {
        String waiting = model.waiting().isEmpty()
                ? ""
                : Words.count(model.waiting().size(), "more file") + " after "
                        + "this one · ";
        return waiting + model.fileProperty().get();
    }

    private void show(ImportStage stage) {
        Node focused = getScene() == null ? null : getScene().getFocusOwner();
        String held = focused == null ? null : focused.getId();
        body.getChildren().setAll(switch (stage) {
            case NONE -> new VBox();
            case DETECTING -> waiting();
            case PREVIEW -> preview(model.detectionProperty().get());
            case IMPORTING -> importing();
            case REPORT -> new ImportReportView(controller);
            case FAILED -> failed();
        });
        Node again = held == null ? null : body.lookup("#" + held);
        if (again != null) {
            again.requestFocus(); // whoever maps by keyboard stays at the box they changed
        }
    }

    private static Node waiting() {
        ProgressIndicator indicator = new ProgressIndicator();
        indicator.setMaxSize(40, 40);
        VBox box = new VBox(10, indicator, Nodes.label("Looking at the first rows…", "muted"));
        box.setAlignment(Pos.CENTER);
        return box;
    }

    private Node failed() {
        return new EmptyState(Feather.ALERT_TRIANGLE, "This file cannot be imported", model.problemProperty().get(),
                Nodes.primary(Nodes.button("Choose another file…", Feather.FOLDER, controller::chooseFile)));
    }

    private Node importing() {
        ProgressBar bar = new ProgressBar();
        bar.setMaxWidth(420);
        bar.setPrefWidth(420);
        bar.setAccessibleText("Import progress");
        bar.progressProperty().bind(model.progressProperty());
        Label words = Nodes.label("", "muted");
        words.textProperty().bind(model.progressWordsProperty());
        Button cancel = Nodes.button("Cancel", Feather.X, controller::cancel);
        cancel.setId("import-cancel");
        cancel.setCancelButton(true);
        VBox box = new VBox(12, Nodes.label("Importing " + model.fileProperty().get().getFileName(), "card-title"), bar,
                words, cancel);
        box.setAlignment(Pos.CENTER);
        return box;
    }

    private Node preview(Detection detection) {
        if (detection == null) {
            return waiting();
        }
        ScrollPane form = new ScrollPane(new ImportForm(controller, detection));
        form.setFitToWidth(true);
        form.getStyleClass().add("edge-to-edge");
        form.setMinWidth(FORM_WIDTH);
        form.setPrefWidth(FORM_WIDTH);
        form.setMaxWidth(FORM_WIDTH);
        Node rows = new ImportPreview(model.lookProperty().get());
        HBox.setHgrow(rows, Priority.ALWAYS);
        return new HBox(16, form, rows);
    }
}
