package preflab.app.data;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.ScreenHeader;
import preflab.datasets.example.Kind;
import preflab.datasets.importer.Detection;

/** The way in: what the file seems to be, what a person may correct, progress, report. */
final class ImportView extends VBox {

    private static final double FORM_WIDTH = 330;
    private static final String DETECTED = "as detected";

    private final ImportModel model;
    private final ImportController controller;
    private final StackPane body = new StackPane();

    ImportView(ImportController controller) {
        this.controller = controller;
        this.model = controller.model();
        setId("data-import-view");
        Button back = Nodes.button("Back to datasets", Feather.ARROW_LEFT, controller::close);
        back.setId("import-back");
        back.setCancelButton(true);
        back.disableProperty().bind(model.stageProperty().isEqualTo(ImportStage.IMPORTING));
        ScreenHeader header = new ScreenHeader("Import", back);
        header.note().textProperty().bind(Bindings
                .createStringBinding(() -> String.valueOf(model.fileProperty().get()), model.fileProperty()));
        body.getStyleClass().add("screen-body");
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(header, body);
        model.stageProperty().subscribe(this::show);
        model.detectionProperty().subscribe((before, detection) -> show(model.stageProperty().get()));
    }

    private void show(ImportStage stage) {
        body.getChildren().setAll(switch (stage) {
            case NONE -> new VBox();
            case DETECTING -> waiting();
            case PREVIEW -> preview(model.detectionProperty().get());
            case IMPORTING -> importing();
            case REPORT -> new ImportReportView(controller);
            case FAILED -> failed();
        });
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
        ScrollPane form = new ScrollPane(form(detection));
        form.setFitToWidth(true);
        form.getStyleClass().add("edge-to-edge");
        form.setMinWidth(FORM_WIDTH);
        form.setPrefWidth(FORM_WIDTH);
        form.setMaxWidth(FORM_WIDTH);
        HBox box = new HBox(16, form, rows(detection));
        return box;
    }

    private VBox form(Detection detection) {
        VBox form = new VBox(10, verdict(detection));
        TextField name = new TextField(model.nameProperty().get());
        name.setId("import-name");
        name.textProperty().bindBidirectional(model.nameProperty());
        name.setAccessibleText("Name of the dataset");
        GridPane grid = grid();
        addRow(grid, "Name", name);
        addRow(grid, "Kind", kinds());
        form.getChildren().add(grid);
        List<String> fields = controller.fields();
        if (fields.isEmpty()) {
            form.getChildren().add(
                    Nodes.wrapped("Choose the kind of these rows to say which column holds what.", "muted", "small"));
        } else {
            GridPane columns = grid();
            for (String field : fields) {
                addRow(columns, field, columnChoice(field, detection));
            }
            form.getChildren().addAll(Nodes.label("Columns", "section-title"), columns);
        }
        Label problem = Nodes.wrapped("", "field-problem");
        problem.setId("import-problem");
        problem.textProperty().bind(model.problemProperty());
        Nodes.showWhen(problem, model.problemProperty().isNotEmpty());
        Button run = Nodes.primary(Nodes.button("Import", Feather.DOWNLOAD, controller::run));
        run.setId("import-run");
        run.setDefaultButton(true);
        run.disableProperty().bind(Bindings.createBooleanBinding(
                () -> detection.kind().isEmpty() || model.nameProperty().get().isBlank(), model.nameProperty()));
        form.getChildren().addAll(problem, run);
        return form;
    }

    private static Node verdict(Detection detection) {
        boolean fits = detection.kind().isPresent();
        Label reason = Nodes.label(detection.reason(), "small");
        Node notice = Nodes.notice(fits ? "good" : "warn", fits ? Feather.CHECK_CIRCLE : Feather.ALERT_TRIANGLE,
                reason);
        HBox chips = Nodes.row(6, Nodes.label("format", "muted", "small"), Nodes.chip(detection.format(), ""));
        detection.kind().ifPresent(kind -> chips.getChildren()
                .addAll(Nodes.label("kind", "muted", "small"), Nodes.chip(kind.id(), "busy")));
        return new VBox(8, chips, notice);
    }

    private ComboBox<String> kinds() {
        ComboBox<String> box = new ComboBox<>(FXCollections.observableArrayList(DETECTED));
        for (Kind kind : Kind.values()) {
            box.getItems().add(kind.id());
        }
        box.setId("import-kind");
        box.setAccessibleText("Kind of the rows");
        box.setMaxWidth(Double.MAX_VALUE);
        Kind chosen = model.kindProperty().get();
        box.setValue(chosen == null ? DETECTED : chosen.id());
        box.setOnAction(e -> controller.chooseKind(Kind.of(box.getValue()).orElse(null)));
        return box;
    }

    private ComboBox<String> columnChoice(String field, Detection detection) {
        String found = detection.mapping().columns().getOrDefault(field, "");
        ComboBox<String> box = new ComboBox<>(FXCollections.observableArrayList(""));
        box.getItems().addAll(detection.columns());
        box.setId("import-column-" + field);
        box.setAccessibleText("Column of " + field);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setConverter(new EmptyAsDash());
        box.setValue(model.mapping().getOrDefault(field, found));
        box.setOnAction(e -> controller.map(field, box.getValue()));
        return box;
    }

    private static GridPane grid() {
        GridPane grid = new GridPane();
        grid.setHgap(10);
        grid.setVgap(6);
        ColumnConstraints labels = new ColumnConstraints(96);
        ColumnConstraints controls = new ColumnConstraints();
        controls.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(List.of(labels, controls));
        return grid;
    }

    private static void addRow(GridPane grid, String title, Node control) {
        Label label = Nodes.ellipsized();
        label.setText(title);
        label.setLabelFor(control);
        grid.addRow(grid.getRowCount(), label, control);
    }

    private static Node rows(Detection detection) {
        Node content = detection.firstRows().isEmpty()
                ? new EmptyState(Feather.LIST, "No row fits yet",
                        "Choose the columns at the left. The first rows appear here as they would be imported.")
                : PreviewTables.examples(detection);
        VBox card = Nodes.card("First rows, as they would be imported", content);
        VBox.setVgrow(content, Priority.ALWAYS);
        HBox.setHgrow(card, Priority.ALWAYS);
        card.setMinWidth(0);
        if (detection.firstProblems().isEmpty()) {
            return card;
        }
        Node rejected = PreviewTables.problems(detection.firstProblems());
        VBox.setVgrow(rejected, Priority.ALWAYS);
        VBox problems = Nodes.card("Rows among them that would be rejected", rejected);
        SplitPane split = new SplitPane(card, problems);
        split.setOrientation(Orientation.VERTICAL);
        split.setDividerPositions(0.65);
        HBox.setHgrow(split, Priority.ALWAYS);
        return split;
    }

    /** A field that no column feeds. */
    private static final class EmptyAsDash extends StringConverter<String> {
        @Override
        public String toString(String column) {
            return column == null || column.isEmpty() ? "–" : column;
        }

        @Override
        public String fromString(String text) {
            return "–".equals(text) ? "" : text;
        }
    }
}
