package preflab.app.data;

import java.util.Arrays;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.Tables;
import preflab.datasets.store.DatasetInfo;
import preflab.datasets.store.RowFilter;
import preflab.datasets.store.RowNumber;

/** The rows of a version: search, conditions, order, and a table that holds only the pages near what is looked at. */
final class RowsPane extends VBox {

    /** Room for the number of a millionth row. */
    private static final double ROW_WIDTH = 84;

    private final DataModel model;

    RowsPane(DataModel model) {
        super(8);
        this.model = model;
        TableView<ExampleRow> table = table();
        VBox.setVgrow(table, Priority.ALWAYS);
        setMinWidth(280);
        getStyleClass().add("rows-pane");
        getChildren().addAll(Nodes.row(8,
                Nodes.search("data-search", "Search in all texts", "Search in all texts", model.queryProperty()),
                note()), new FilterBar(model, order()), conditions(), table);
    }

    private Node note() {
        Label note = Nodes.label("", "muted");
        note.setId("data-note");
        note.setMinWidth(USE_PREF_SIZE);
        note.textProperty().bind(model.rowsNoteProperty());
        return note;
    }

    private Node order() {
        ComboBox<RowNumber> sort = new ComboBox<>();
        sort.setId("data-sort");
        sort.setAccessibleText("Sort by");
        sort.setConverter(new Named<>(RowNumber::label));
        sort.setPrefWidth(150);
        model.selectedProperty().subscribe(info -> {
            if (info != null) {
                sort.getItems().setAll(
                        Arrays.stream(RowNumber.values()).filter(n -> n.appliesTo(info.kind())).toList());
                sort.setValue(model.sortProperty().get());
            }
        });
        sort.valueProperty().subscribe(value -> {
            if (value != null) {
                model.sortProperty().set(value);
            }
        });
        model.sortProperty().subscribe(sort::setValue);
        ToggleButton descending = new ToggleButton("", new FontIcon(Feather.ARROW_DOWN));
        descending.setId("data-descending");
        descending.setAccessibleText("Highest first");
        descending.setTooltip(new Tooltip("Highest first"));
        descending.selectedProperty().bindBidirectional(model.descendingProperty());
        descending.setMinWidth(USE_PREF_SIZE);
        return Nodes.row(4, Nodes.label("Sort by", "muted", "small"), sort, descending);
    }

    /** What the rows shown have in common, each condition with a way to drop it. */
    private Node conditions() {
        FlowPane pane = new FlowPane(6, 4);
        pane.setId("data-conditions");
        model.filters().addListener((ListChangeListener<RowFilter>) change -> fill(pane));
        model.pickedProperty().subscribe(() -> fill(pane));
        fill(pane);
        pane.managedProperty().bind(Bindings.isNotEmpty(pane.getChildren()));
        return pane;
    }

    private void fill(FlowPane pane) {
        pane.getChildren().clear();
        if (model.pickedProperty().get() != null) {
            pane.getChildren()
                    .add(condition(model.pickedProperty().get().why(), () -> model.pickedProperty().set(null)));
            return;
        }
        for (RowFilter filter : model.filters()) {
            pane.getChildren().add(condition(FilterWords.of(filter), () -> model.filters().remove(filter)));
        }
    }

    private static Node condition(String words, Runnable drop) {
        Button button = new Button(words, new FontIcon(Feather.X));
        button.setMnemonicParsing(false);
        button.setMnemonicParsing(false);
        button.getStyleClass().addAll("small", "condition");
        button.setTooltip(new Tooltip("Drop this condition"));
        button.setOnAction(e -> drop.run());
        return button;
    }

    private TableView<ExampleRow> table() {
        TableView<ExampleRow> table = new TableView<>();
        table.setId("data-rows");
        table.setAccessibleText("Rows");
        table.setPlaceholder(new EmptyState(Feather.SEARCH, "Nothing here",
                "No row meets these conditions. Search for other words or drop a condition."));
        Tables.fill(table);
        table.setFixedCellSize(28);
        model.rowsProperty().subscribe(rows -> {
            table.getSelectionModel().clearSelection();
            DatasetInfo info = model.selectedProperty().get();
            if (info != null && !info.kind().id().equals(table.getUserData())) {
                table.setUserData(info.kind().id());
                table.getColumns().setAll(
                        ExampleColumn.of(info.kind()).stream().map(RowsPane::column).toList());
            }
            table.setItems(rows);
            table.scrollTo(0);
            if (model.pickedProperty().get() != null && !rows.isEmpty()) {
                table.getSelectionModel().select(0);
            }
        });
        table.getSelectionModel().selectedItemProperty().flatMap(ExampleRow::exampleProperty)
                .subscribe(model.exampleProperty()::set);
        return table;
    }

    private static TableColumn<ExampleRow, String> column(ExampleColumn column) {
        TableColumn<ExampleRow, String> shown = Tables.textColumn(column.title(),
                row -> row.exampleProperty().map(column.text()).orElse("…"));
        if (column.title().equals(ExampleColumn.ROW)) {
            Tables.weigh(shown, 0, ROW_WIDTH);
        } else {
            Tables.weigh(shown, column.weight());
        }
        return shown;
    }

    /** Shows a choice by its name; nothing is read back from text. */
    static final class Named<T> extends StringConverter<T> {
        private final Function<T, String> name;

        Named(Function<T, String> name) {
            this.name = name;
        }

        @Override
        public String toString(T choice) {
            return choice == null ? "" : name.apply(choice);
        }

        @Override
        public T fromString(String text) {
            throw new UnsupportedOperationException("a choice is not typed");
        }
    }
}
