package preflab.app.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.control.cell.CheckBoxListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.controlsfx.control.PopOver;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;
import preflab.projects.compare.Grouping;

/** What stands over the table of runs: which runs, which share a line, which columns. */
final class RunsBar extends VBox {

    private static final double LIST_WIDTH = 300;
    private static final double LIST_HEIGHT = 320;

    private final CompareModel model;

    RunsBar(CompareModel model) {
        super(6);
        this.model = model;
        TextField filter = Nodes.search("compare-filter",
                "Filter by any setting or metric: beta > 0.05 and objective in (dpo, ipo)",
                "Filter runs by any setting or metric", model.filterProperty());
        CheckBox archived = new CheckBox("Archived");
        archived.setId("compare-archived");
        archived.setTooltip(new Tooltip("Show runs that were put out of the way too"));
        archived.selectedProperty().bindBidirectional(model.archivedProperty());
        archived.setMinWidth(USE_PREF_SIZE);
        Label problem = Nodes.wrapped("", "bad", "mono", "small");
        problem.setId("compare-filter-problem");
        problem.textProperty().bind(model.filterProblemProperty());
        Nodes.showWhen(problem, problem.textProperty().isNotEmpty());
        getChildren().addAll(Nodes.row(8, filter, grouping(), columns(), archived), problem);
    }

    private HBox grouping() {
        ToggleGroup group = new ToggleGroup();
        ToggleButton each = toggle("Each run", "compare-each", "A line for each run", group);
        ToggleButton seeds = toggle("All but seed", "compare-but-seed",
                "Runs alike in every setting except the seed share a line: mean ± standard deviation (n)", group);
        ToggleButton by = toggle("By…", "compare-by", "Runs alike in the settings you choose share a line", group);
        each.getStyleClass().add("left-pill");
        seeds.getStyleClass().add("center-pill");
        by.getStyleClass().add("right-pill");
        each.setOnAction(e -> model.groupingProperty().set(Grouping.NONE));
        seeds.setOnAction(e -> model.groupingProperty().set(Grouping.ALL_BUT_SEED));
        by.setOnAction(e -> chooseGrouping(by));
        model.groupingProperty().subscribe(grouping -> group.selectToggle(grouping.equals(Grouping.NONE)
                ? each
                : grouping.butSeed() ? seeds : by));
        return new HBox(each, seeds, by);
    }

    private static ToggleButton toggle(String text, String id, String tip, ToggleGroup group) {
        ToggleButton button = new ToggleButton(text);
        button.setId(id);
        button.setToggleGroup(group);
        button.setTooltip(new Tooltip(tip));
        button.setMinWidth(USE_PREF_SIZE);
        return button;
    }

    private void chooseGrouping(ToggleButton by) {
        ObservableList<String> chosen = FXCollections
                .observableArrayList(model.groupingProperty().get().names());
        PopOver over = chooser("Runs with the same values share a line", chosen, () -> model.groupingProperty()
                .set(chosen.isEmpty() ? Grouping.NONE : Grouping.by(List.copyOf(chosen))));
        over.setOnHidden(e -> by.setSelected(!model.groupingProperty().get().names().isEmpty()));
        over.show(by);
    }

    private Button columns() {
        Button button = Nodes.button("Columns…", Feather.COLUMNS, () -> {
        });
        button.setId("compare-columns");
        button.setTooltip(new Tooltip("Which settings, metrics and properties the table shows, and what sorts it"));
        button.setOnAction(e -> {
            PopOver over = chooser("Settings, metrics and properties to show", model.columns(), () -> {
            });
            ((VBox) over.getContentNode()).getChildren().add(sorting());
            over.show(button);
        });
        return button;
    }

    /** What a click on a column's head does, by keyboard. */
    private HBox sorting() {
        ComboBox<String> columns = new ComboBox<>(FXCollections.observableArrayList(model.columns()));
        columns.getItems().addFirst("");
        columns.setId("compare-sort");
        columns.setConverter(new StringConverter<>() {
            @Override
            public String toString(String column) {
                return column == null || column.isEmpty() ? "newest first" : column;
            }

            @Override
            public String fromString(String text) {
                return ""; // never typed
            }
        });
        columns.setValue(model.sortingProperty().get().column());
        columns.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(columns, Priority.ALWAYS);
        CheckBox down = new CheckBox("Greatest first");
        down.setId("compare-sort-down");
        down.setMinWidth(USE_PREF_SIZE);
        down.setSelected(model.sortingProperty().get().descending());
        Runnable sort = () -> model.sortingProperty().set(columns.getValue().isEmpty()
                ? CompareModel.Sorting.NONE
                : new CompareModel.Sorting(columns.getValue(), down.isSelected()));
        columns.setOnAction(e -> sort.run());
        down.setOnAction(e -> sort.run());
        Label by = Nodes.label("Sorted by", "muted");
        by.setLabelFor(columns);
        return Nodes.row(8, by, columns, down);
    }

    /** Names to tick, found by typing a part of them; the chosen ones keep the order in which they were chosen. */
    private PopOver chooser(String title, ObservableList<String> chosen, Runnable changed) {
        TextField search = new TextField();
        search.setId("compare-chooser-search");
        search.setPromptText("Part of a name");
        search.setAccessibleText("Part of a name");
        List<String> names = new ArrayList<>(chosen);
        model.available().stream().filter(name -> !names.contains(name)).forEach(names::add);
        FilteredList<String> shown = new FilteredList<>(FXCollections.observableArrayList(names));
        search.textProperty().subscribe(text -> shown.setPredicate(
                name -> name.toLowerCase(Locale.ROOT).contains(text.strip().toLowerCase(Locale.ROOT))));
        ListView<String> list = new ListView<>(shown);
        list.setId("compare-chooser");
        list.setPrefSize(LIST_WIDTH, LIST_HEIGHT);
        list.setCellFactory(CheckBoxListCell.forListView(name -> ticked(name, chosen, changed)));
        VBox content = new VBox(8, Nodes.label(title, "strong"), search, list);
        content.setPadding(new Insets(12));
        PopOver over = new PopOver(content);
        over.setArrowLocation(PopOver.ArrowLocation.TOP_RIGHT);
        over.setAnimated(false);
        return over;
    }

    private static BooleanProperty ticked(String name, ObservableList<String> chosen, Runnable changed) {
        BooleanProperty ticked = new SimpleBooleanProperty(chosen.contains(name));
        ticked.subscribe((before, now) -> {
            if (now) {
                chosen.add(name);
            } else {
                chosen.remove(name);
            }
            changed.run();
        });
        return ticked;
    }
}
