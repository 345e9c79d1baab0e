package preflab.app.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.Tables;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.Difference;

/**
 * Settings, data and environments of the runs side by side, the baseline first: those in which they differ, or all. A
 * button at the head of a run's column copies all its settings.
 */
final class DifferencesTab extends VBox {

    private final CompareController controller;
    private final TableView<Difference> table = new TableView<>();
    private final BooleanProperty all = new SimpleBooleanProperty();
    private final StringProperty search = new SimpleStringProperty("");
    private final Label left = Nodes.wrapped("", "muted", "small");
    private final Label count = Nodes.label("", "muted", "small");

    DifferencesTab(CompareController controller) {
        super(8);
        this.controller = controller;
        getStyleClass().add("tab-body");
        table.setId("compare-differences");
        table.setAccessibleText("Settings, data and environments of the runs side by side; Ctrl+C copies a line");
        Tables.fill(table);
        VBox.setVgrow(table, Priority.ALWAYS);
        CheckBox everything = new CheckBox("Also what is alike");
        everything.setId("compare-differences-all");
        everything.setMinWidth(USE_PREF_SIZE);
        everything.selectedProperty().bindBidirectional(all);
        count.setId("compare-differences-count");
        count.setMinWidth(USE_PREF_SIZE);
        var bar = Nodes.row(8, Nodes.search("compare-differences-search", "Part of a name or a value",
                "Part of a name or a value", search), everything, count);
        Nodes.showWhen(left, left.textProperty().isNotEmpty());
        getChildren().addAll(bar, left, table);
        controller.model().comparisonProperty().subscribe(this::show);
        all.subscribe((before, now) -> fill());
        search.subscribe((before, now) -> fill());
        table.setOnKeyPressed(e -> {
            if (e.isShortcutDown() && e.getCode() == KeyCode.C) {
                copyLine();
                e.consume();
            }
        });
    }

    private Comparison comparison() {
        return controller.model().comparisonProperty().get();
    }

    private void show(Comparison comparison) {
        if (comparison == null) {
            table.getItems().clear();
            left.setText("");
            count.setText("");
            return;
        }
        left.setText(RunColumns.note(comparison));
        List<Integer> runs = RunColumns.of(comparison);
        List<TableColumn<Difference, String>> columns = new ArrayList<>();
        columns.add(column("Setting", 0.6, 176, Difference::fullName, -1));
        for (int run : runs) {
            TableColumn<Difference, String> column = column(RunColumns.title(comparison, run), 1, 130,
                    difference -> difference.values().get(run), runs.getFirst());
            int number = comparison.runs().get(run).id();
            Button copy = Nodes.iconButton(Feather.COPY, "Copy all settings of run " + number,
                    () -> controller.exports().copySettings(number));
            copy.setId("compare-copy-" + number);
            column.setGraphic(copy);
            columns.add(column);
        }
        table.getColumns().setAll(columns);
        fill();
    }

    private void fill() {
        if (comparison() == null) {
            return;
        }
        List<Difference> sides = comparison().sideBySide();
        String part = search.get().strip().toLowerCase(Locale.ROOT);
        List<Difference> shown = sides.stream().filter(one -> all.get() || one.differs())
                .filter(one -> Stream.concat(Stream.of(one.fullName()), one.values().stream())
                        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part)))
                .toList();
        long differing = sides.stream().filter(Difference::differs).count();
        count.setText(differing + " of " + sides.size() + " differ");
        table.setPlaceholder(part.isEmpty()
                ? none()
                : new EmptyState(Feather.SEARCH, "Nothing found",
                        "No line shown holds these letters in its name or its values."));
        table.setItems(FXCollections.observableArrayList(shown));
    }

    private EmptyState none() {
        return comparison().runs().size() == 1
                ? new EmptyState(Feather.CHECK_SQUARE, "One run alone differs from nothing",
                        "Pick another run in the table above, or look at what is alike too.")
                : new EmptyState(Feather.CHECK, "No difference", "Settings, data and environments are the same.");
    }

    private void copyLine() {
        Difference line = table.getSelectionModel().getSelectedItem();
        if (line != null) {
            ClipboardContent content = new ClipboardContent();
            content.putString(Stream.concat(Stream.of(line.fullName()), line.values().stream())
                    .collect(Collectors.joining("\t")));
            Clipboard.getSystemClipboard().setContent(content);
            controller.model().savedProperty().set("Copied " + line.fullName() + " of all runs");
        }
    }

    /** @param against place of the run whose value others are set off from; −1 for no such column */
    private static TableColumn<Difference, String> column(String title, double weight, double least,
            Function<Difference, String> text, int against) {
        TableColumn<Difference, String> column = Tables.textColumn(title,
                difference -> new SimpleStringProperty(text.apply(difference)));
        if (against >= 0) {
            column.setCellFactory(c -> new SideCell(against));
        }
        Tables.weigh(column, weight, least);
        return column;
    }

    /** A value that is not the first run's stands out; one that all share steps back. */
    private static final class SideCell extends TableCell<Difference, String> {
        private final int against;

        SideCell(int against) {
            this.against = against;
            setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(String value, boolean empty) {
            super.updateItem(value, empty);
            getStyleClass().removeAll("strong", "muted");
            setText(empty ? null : value);
            setTooltip(empty || value == null || value.length() <= 12 ? null : new Tooltip(value));
            Difference line = empty || getTableRow() == null ? null : getTableRow().getItem();
            if (line != null && !line.differs()) {
                getStyleClass().add("muted");
            } else if (line != null && !line.values().get(against).equals(value)) {
                getStyleClass().add("strong");
            }
        }
    }
}
