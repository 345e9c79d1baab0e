package preflab.app.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Tables;
import preflab.projects.chart.Palette;
import preflab.projects.compare.Grouping;
import preflab.projects.compare.RunCell;
import preflab.projects.compare.RunRow;

/**
 * The runs, a line each or several to a line: pick with the box or the space bar, make one the baseline with the star or
 * B, sort by a click on a column. Several lines are selected with Shift or Ctrl, and picked, archived or described
 * together.
 */
final class RunsTable extends TableView<RunRow> {

    private static final Map<String, String> TITLES = Map.of("run", "Run", "name", "Name", "objective", "Objective",
            "data", "Data", "seed", "Seed", "state", "State", "step", "Step", "tags", "Tags", "note", "Note", "model",
            "Model");
    /** Columns that take their share of the room that is left. */
    private static final Map<String, Double> WEIGHTS = Map.of("name", 2.0, "data", 1.2, "note", 1.5, "model", 0.8);
    /** Room for their usual values. */
    private static final Map<String, Double> ROOMS = Map.of("objective", 96.0, "state", 96.0, "step", 124.0, "tags",
            110.0);
    private static final Set<String> NARROW = Set.of("run", "seed", "archived");
    private static final double LETTER = 7.6;
    private static final double MARGINS = 30;
    private static final double NUMBER = 74;
    /** Room for 0.6500 ± 0.0500 (n=3). */
    private static final double SPREAD = 176;
    private static final double DIFFERENCE = 80;
    private static final String ID = "compare-column-";

    private final CompareModel model;
    private final CompareController controller;
    private final Set<List<Integer>> selected = new HashSet<>();
    private boolean arranging; // whether columns are being put in place by this table itself
    private boolean changing; // whether lines are being changed: what becomes of the selection is nobody's choice

    RunsTable(CompareController controller, ObjectProperty<Palette> palette) {
        this.controller = controller;
        this.model = controller.model();
        model.rows().addListener((ListChangeListener<RunRow>) change -> changing = true); // hears of it first
        SortedList<RunRow> sorted = new SortedList<>(model.rows());
        sorted.comparatorProperty().bind(comparatorProperty());
        setItems(sorted);
        setId("compare-runs");
        setAccessibleText("Runs; space picks, B makes the baseline, A archives, D trains with the same settings");
        setPlaceholder(new EmptyState(Feather.FILTER, "No run fits the filter",
                "Change the filter above, or empty it to see all runs."));
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        TableColumn<RunRow, RunRow> picks = fixed("", 52, () -> new RunMarks.Pick(controller, palette));
        picks.setGraphic(new RunMarks.PickAll(controller));
        getColumns().add(picks);
        getColumns().add(fixed("", 34, () -> new RunMarks.Star(controller)));
        model.columns().addListener((ListChangeListener<String>) change -> showColumns());
        model.groupingProperty().subscribe((before, now) -> weigh());
        model.baselineProperty().subscribe((before, now) -> weigh());
        model.outdatedProperty().subscribe((before, now) -> refresh());
        Tables.fill(this);
        showColumns();
        followColumns();
        followSorting();
        followSelection();
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown() && event.getCode() == KeyCode.Z) {
            controller.notes().undo();
            event.consume();
        }
        List<RunRow> rows = List.copyOf(getSelectionModel().getSelectedItems());
        if (!rows.isEmpty() && !event.isShortcutDown() && !event.isAltDown() && act(rows, event.getCode())) {
            event.consume();
        }
    }

    private boolean act(List<RunRow> rows, KeyCode key) {
        RunRow all = RunRow.together(rows);
        switch (key) {
            case SPACE -> controller.picks().toggle(all.numbers());
            case B -> controller.picks().star(rows.getFirst().numbers());
            case A -> controller.notes().archive(all.numbers(), !all.isArchived());
            case D -> controller.duplicate(rows.getFirst().runs().getFirst().id());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The selected lines stay selected when lines move or are read again. */
    private void followSelection() {
        getSelectionModel().getSelectedItems().addListener((ListChangeListener<RunRow>) change -> {
            if (!changing) {
                showSelected();
            }
        });
        getItems().addListener((ListChangeListener<RunRow>) change -> {
            changing = false;
            int[] places = IntStream.range(0, getItems().size())
                    .filter(i -> selected.contains(getItems().get(i).numbers())).toArray();
            if (places.length > 0) {
                changing = true;
                getSelectionModel().clearSelection();
                getSelectionModel().selectIndices(places[0], places);
                changing = false;
                showSelected();
            }
        });
    }

    private void showSelected() {
        List<RunRow> rows = getSelectionModel().getSelectedItems().stream().filter(row -> row != null).toList();
        if (!rows.isEmpty()) {
            selected.clear();
            rows.forEach(row -> selected.add(row.numbers()));
            model.selectedProperty().set(RunRow.together(rows));
        }
    }

    private void followSorting() {
        setOnSort(e -> {
            if (!arranging) {
                model.sortingProperty().set(getSortOrder().isEmpty()
                        ? CompareModel.Sorting.NONE
                        : sorting(getSortOrder().getFirst()));
            }
        });
        model.sortingProperty().subscribe(this::sortBy);
    }

    private static CompareModel.Sorting sorting(TableColumn<?, ?> column) {
        return new CompareModel.Sorting(column.getId().substring(ID.length()),
                column.getSortType() == TableColumn.SortType.DESCENDING);
    }

    private void sortBy(CompareModel.Sorting sorting) {
        CompareModel.Sorting now = getSortOrder().isEmpty()
                ? CompareModel.Sorting.NONE
                : sorting(getSortOrder().getFirst());
        if (!now.equals(sorting)) {
            arranging = true;
            List<TableColumn<RunRow, ?>> order = getColumns().stream()
                    .filter(column -> (ID + sorting.column()).equals(column.getId())).toList();
            order.forEach(column -> column.setSortType(sorting.descending()
                    ? TableColumn.SortType.DESCENDING
                    : TableColumn.SortType.ASCENDING));
            getSortOrder().setAll(order);
            arranging = false;
        }
    }

    /** Columns that a person drags to another place stay there. */
    private void followColumns() {
        getColumns().addListener((ListChangeListener<TableColumn<RunRow, ?>>) change -> {
            List<String> names = getColumns().stream().filter(column -> column.getId() != null)
                    .map(column -> column.getId().substring(ID.length())).toList();
            if (!arranging && !names.equals(model.columns()) && names.size() == model.columns().size()) {
                arranging = true;
                model.columns().setAll(names);
                arranging = false;
            }
        });
    }

    /** Columns that are shown already are kept: making one anew costs more than moving it. */
    private void showColumns() {
        if (arranging) {
            return;
        }
        arranging = true;
        Map<String, TableColumn<RunRow, ?>> before = new HashMap<>();
        getColumns().stream().filter(column -> column.getId() != null)
                .forEach(column -> before.put(column.getId().substring(ID.length()), column));
        List<TableColumn<RunRow, ?>> columns = new ArrayList<>(getColumns().subList(0, 2));
        model.columns().forEach(name -> columns.add(before.containsKey(name) ? before.get(name) : column(name)));
        getColumns().setAll(columns);
        arranging = false;
        if (model.columns().contains(model.sortingProperty().get().column())) {
            sortBy(model.sortingProperty().get());
        } else {
            model.sortingProperty().set(CompareModel.Sorting.NONE);
        }
    }

    private TableColumn<RunRow, ?> column(String name) {
        TableColumn<RunRow, RunCell> column = new TableColumn<>(TITLES.getOrDefault(name, name));
        column.setId(ID + name);
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

    private void weigh() {
        model.columns().forEach(name -> getColumns().stream().filter(column -> (ID + name).equals(column.getId()))
                .forEach(column -> Tables.weigh(column, WEIGHTS.getOrDefault(name, 0.0), least(name))));
        Tables.share(this);
    }

    private double least(String name) {
        double title = TITLES.getOrDefault(name, name).length() * LETTER + MARGINS;
        if (WEIGHTS.containsKey(name)) {
            return name.equals("name") ? 170 : 110;
        }
        if (NARROW.contains(name) || TITLES.containsKey(name)) {
            return Math.max(title, ROOMS.getOrDefault(name, 50.0));
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
