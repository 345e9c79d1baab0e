package preflab.app.data;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import preflab.app.widget.Nodes;
import preflab.datasets.example.Kind;
import preflab.datasets.importer.Detection;
import preflab.datasets.importer.FieldMapping;
import preflab.datasets.importer.MappingPreset;

/** What was found and why, and what a person may say instead: name, kind, columns; presets of these. */
final class ImportForm extends VBox {

    private static final String DETECTED = "as detected";
    private static final String LABEL = "label";
    private static final String NEEDED = ". Needed: ";

    private final ImportModel model;
    private final ImportController controller;
    private final Detection detection;

    ImportForm(ImportController controller, Detection detection) {
        super(10);
        this.controller = controller;
        this.model = controller.model();
        this.detection = detection;
        getStyleClass().add("import-form");
        getChildren().addAll(verdict(), basics());
        List<String> fields = controller.fields();
        if (fields.isEmpty()) {
            getChildren().add(
                    Nodes.wrapped("Choose the kind of these rows to say which column holds what.", "muted", "small"));
        } else {
            GridPane columns = grid();
            fields.forEach(field -> addField(columns, field));
            getChildren().addAll(Nodes.label("Columns", "section-title"), columns);
        }
        getChildren().addAll(presets(), problem(), remark(), run());
        getChildren().addAll(needed());
    }

    private Node verdict() {
        boolean fits = detection.kind().isPresent();
        Label reason = Nodes.label(reason(), "small");
        reason.setId("import-reason");
        Node notice = Nodes.notice(fits ? "good" : "warn", fits ? Feather.CHECK_CIRCLE : Feather.ALERT_TRIANGLE,
                reason);
        HBox chips = Nodes.row(6, Nodes.label("format", "muted", "small"), Nodes.chip(detection.format(), ""));
        detection.kind().ifPresent(kind -> chips.getChildren()
                .addAll(Nodes.label("kind", "muted", "small"), Nodes.chip(kind.id(), "busy")));
        return new VBox(8, chips, notice);
    }

    /** Why; what every known format would need is for those who ask. */
    private String reason() {
        int needed = detection.reason().indexOf(NEEDED);
        return needed < 0
                ? detection.reason()
                : detection.reason().substring(0, needed) + ". Choose their kind below, then the columns.";
    }

    /** What the formats need, folded; nothing where one fits. */
    private List<Node> needed() {
        int needed = detection.reason().indexOf(NEEDED);
        if (needed < 0) {
            return List.of();
        }
        VBox lines = new VBox(4);
        for (String format : detection.reason().substring(needed + NEEDED.length()).split(" · ", -1)) {
            lines.getChildren().add(Nodes.wrapped("• " + format, "muted", "small"));
        }
        TitledPane pane = new TitledPane("What each format needs", lines);
        pane.setExpanded(false);
        pane.setAnimated(false);
        return List.of(pane);
    }

    private Node basics() {
        TextField name = new TextField(model.nameProperty().get());
        name.setId("import-name");
        name.textProperty().bindBidirectional(model.nameProperty());
        name.setAccessibleText("Name of the dataset");
        GridPane grid = grid();
        addRow(grid, "Name", name);
        addRow(grid, "Kind", kinds());
        return grid;
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

    /** The verdict may also come from ratings: then the least good one stands beside the column. */
    private void addField(GridPane columns, String field) {
        ComboBox<String> column = columnChoice(field);
        addRow(columns, field, column);
        if (field.equals(LABEL)) {
            String given = model.mapping().getOrDefault(field, "");
            TextField least = new TextField(given.substring(FieldMapping.columnOf(given).length()).replace(">=", ""));
            least.setId("import-least");
            least.setPromptText("for ratings: the least good one");
            least.setAccessibleText("Least good rating");
            Runnable map = () -> controller.map(LABEL, least.getText().isBlank()
                    ? column.getValue()
                    : column.getValue() + ">=" + least.getText().strip());
            least.setOnAction(e -> map.run());
            column.setOnAction(e -> map.run());
            addRow(columns, "good from", least);
        }
    }

    private ComboBox<String> columnChoice(String field) {
        String found = detection.mapping().columns().getOrDefault(field, "");
        ComboBox<String> box = new ComboBox<>(FXCollections.observableArrayList(""));
        box.getItems().addAll(detection.columns());
        box.setId("import-column-" + field);
        box.setAccessibleText("Column of " + field);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setConverter(new EmptyAsDash());
        box.setValue(FieldMapping.columnOf(model.mapping().getOrDefault(field, found)));
        box.setOnAction(e -> controller.map(field, box.getValue()));
        return box;
    }

    /** Saved mappings that fit this file, and a name to save this one under. */
    private Node presets() {
        MenuButton use = new MenuButton("Use a preset", new FontIcon(Feather.BOOKMARK));
        use.setId("import-presets");
        use.setMinWidth(USE_PREF_SIZE);
        model.presets().subscribe(() -> use.getItems().setAll(model.presets().stream().map(this::item).toList()));
        use.disableProperty().bind(Bindings.isEmpty(model.presets()));
        TextField name = new TextField();
        name.setId("import-preset-name");
        name.setPromptText("Name for this mapping");
        name.setAccessibleText("Name of a new preset");
        HBox.setHgrow(name, Priority.ALWAYS);
        Button save = Nodes.button("Save", Feather.SAVE, () -> controller.savePreset(name.getText()));
        save.setId("import-preset-save");
        save.disableProperty().bind(name.textProperty().map(String::isBlank));
        Nodes.showWhen(use, Bindings.isNotEmpty(model.presets()));
        return new VBox(6, Nodes.label("Presets", "section-title"), use, Nodes.row(6, name, save));
    }

    private MenuItem item(MappingPreset preset) {
        MenuItem item = new MenuItem(preset.name() + preset.kind().map(kind -> "  (" + kind.id() + ")").orElse(""));
        item.setMnemonicParsing(false);
        item.setOnAction(e -> controller.use(preset));
        return item;
    }

    private Node problem() {
        Label problem = Nodes.wrapped("", "field-problem");
        problem.setId("import-problem");
        problem.textProperty().bind(model.problemProperty());
        Nodes.showWhen(problem, model.problemProperty().isNotEmpty());
        return problem;
    }

    private Node remark() {
        Label remark = Nodes.wrapped("", "muted", "small");
        remark.setId("import-remark");
        remark.textProperty().bind(model.remarkProperty());
        Nodes.showWhen(remark, model.remarkProperty().isNotEmpty());
        return remark;
    }

    private Node run() {
        Button run = Nodes.primary(Nodes.button("Import", Feather.DOWNLOAD, controller::run));
        run.setId("import-run");
        run.setDefaultButton(true);
        run.disableProperty().bind(Bindings.createBooleanBinding(
                () -> detection.kind().isEmpty() || model.nameProperty().get().isBlank(), model.nameProperty()));
        return run;
    }

    private static GridPane grid() {
        GridPane grid = new GridPane();
        grid.setHgap(10);
        grid.setVgap(6);
        ColumnConstraints labels = new ColumnConstraints(104);
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
