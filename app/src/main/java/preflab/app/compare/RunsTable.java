package preflab.app.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Tables;
import preflab.projects.chart.Palette;
import preflab.projects.compare.Grouping;
import preflab.projects.compare.RunCell;
import preflab.projects.compare.RunRow;

/**
 * The runs, a line each or several to a line: pick with the box or the space bar, make one the baseline with the star or
 * B, sort by a click on a column.
 */
final class RunsTable extends TableView<RunRow> {

    private static final Map<String, String> TITLES = Map.of("run", "Run", "name", "Name", "objective", "Objective",
            "data", "Data", "seed", "Seed", "state", "State", "step", "Step", "tags", "Tags", "note", "Note", "model",
            "Model");
    /** Columns that take their share of the room that is left. */
    private static final Map<String, Double> WEIGHTS = Map.of("name", 2.0, "data", 1.2, "note", 1.5, "model", 0.8);
    private static final Set<String> NARROW = Set.of("run", "seed", "archived");
    private static final double LETTER = 7.6;
    private static final double MARGINS = 30;
    private static final double NUMBER = 74;
    /** Room for 0.6500 ± 0.0500 (n=3). */
    private static final double SPREAD = 176;

    private static final double DIFFERENCE = 80;

    private final CompareModel model;

    RunsTable(CompareController controller, ObjectProperty<Palette> palette) {
        this.model = controller.model();
        SortedList<RunRow> sorted = new SortedList<>(model.rows());
        sorted.comparatorProperty().bind(comparatorProperty());
        setItems(sorted);
        setId("compare-runs");
        setAccessibleText("Runs; space picks, B makes the baseline, A archives, D trains with the same settings");
        setPlaceholder(new EmptyState(Feather.FILTER, "No run fits the filter",
                "Change the filter above, or empty it to see all runs."));
        getColumns().add(fixed("", 52, () -> new RunMarks.Pick(controller, palette)));
        getColumns().add(fixed("", 34, () -> new RunMarks.Star(controller)));
        model.columns().addListener((ListChangeListener<String>) change -> showColumns());
        model.groupingProperty().subscribe((before, now) -> showColumns());
        model.baselineProperty().subscribe((before, now) -> showColumns());
        model.outdatedProperty().subscribe((before, now) -> refresh());
        Tables.fill(this);
        showColumns();
        followSelection();
        setOnKeyPressed(e -> {
            RunRow row = getSelectionModel().getSelectedItem();
            if (row != null && act(controller, row, e.getCode())) {
                e.consume();
            }
        });
    }

    private static boolean act(CompareController controller, RunRow row, KeyCode key) {
        switch (key) {
            case SPACE -> controller.toggle(row);
            case B -> controller.star(row);
            case A -> controller.archive(row.numbers(), !row.isArchived());
            case D -> controller.duplicate(row.runs().getFirst().id());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The line under the keyboard stays the same line when lines move or are read again. */
    private void followSelection() {
        getSelectionModel().selectedItemProperty().subscribe(row -> {
            if (row != null) {
                model.selectedProperty().set(row);
            }
        });
        getItems().addListener((ListChangeListener<RunRow>) change -> {
            RunRow before = model.selectedProperty().get();
            List<Integer> numbers = before == null ? List.of() : before.numbers();
            getItems().stream().filter(row -> row.numbers().equals(numbers)).findFirst()
                    .ifPresent(getSelectionModel()::select);
        });
    }

    private void showColumns() {
        Map<String, TableColumn.SortType> sorting = new LinkedHashMap<>();
        getSortOrder().forEach(column -> sorting.put(column.getId(), column.getSortType()));
        List<TableColumn<RunRow, ?>> kept = List.copyOf(getColumns().subList(0, 2));
        List<TableColumn<RunRow, ?>> columns = new ArrayList<>(kept);
        model.columns().forEach(name -> columns.add(column(name)));
        getColumns().setAll(columns);
        sorting.forEach((id, type) -> columns.stream().filter(column -> id.equals(column.getId())).forEach(column -> {
            column.setSortType(type);
            getSortOrder().add(column);
        }));
    }

    private TableColumn<RunRow, ?> column(String name) {
        TableColumn<RunRow, RunCell> column = new TableColumn<>(TITLES.getOrDefault(name, name));
        column.setId("compare-column-" + name);
        column.setCellValueFactory(row -> new SimpleObjectProperty<>(row.getValue().cell(name)));
        column.setCellFactory(c -> switch (name) {
            case "state" -> new RunMarks.State();
            case "data" -> new RunMarks.Data(model);
            default -> new RunMarks.Value(name);
        });
        column.comparatorProperty().bind(column.sortTypeProperty()
                .map(type -> RunCell.order(type == TableColumn.SortType.DESCENDING)));
        Tables.weigh(column, WEIGHTS.getOrDefault(name, 0.0), least(name));
        return column;
    }

    private double least(String name) {
        double title = TITLES.getOrDefault(name, name).length() * LETTER + MARGINS;
        if (WEIGHTS.containsKey(name)) {
            return name.equals("name") ? 170 : 110;
        }
        if (NARROW.contains(name) || TITLES.containsKey(name)) {
            return Math.max(title, name.equals("step") || name.equals("objective") || name.equals("state") ? 96 : 50);
        }
        double room = model.groupingProperty().get().equals(Grouping.NONE) ? NUMBER : SPREAD;
        return Math.max(title, room + (model.baselineProperty().get() == null ? 0 : DIFFERENCE));
    }

    private static TableColumn<RunRow, RunRow> fixed(String title, double width,
            Supplier<TableCell<RunRow, RunRow>> cell) {
        TableColumn<RunRow, RunRow> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new SimpleObjectProperty<>(row.getValue()));
        column.setCellFactory(c -> cell.get());
        column.setMinWidth(width);
        column.setMaxWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }
}
