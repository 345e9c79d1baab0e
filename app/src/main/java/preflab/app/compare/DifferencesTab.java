package preflab.app.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.FXCollections;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.Tables;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.Difference;

/** The settings in which the runs differ, and no others. */
final class DifferencesTab extends VBox {

    private final TableView<Difference> table = new TableView<>();
    private final Label left = Nodes.wrapped("", "muted", "small");

    DifferencesTab(CompareModel model) {
        getStyleClass().add("tab-body");
        table.setId("compare-differences");
        table.setAccessibleText("Settings in which the runs differ");
        table.setPlaceholder(new EmptyState(Feather.CHECK, "No difference",
                "The runs have the same settings, or only one is picked."));
        Tables.fill(table);
        VBox.setVgrow(table, Priority.ALWAYS);
        Nodes.showWhen(left, left.textProperty().isNotEmpty());
        setSpacing(8);
        getChildren().addAll(left, table);
        model.comparisonProperty().subscribe(this::show);
    }

    private void show(Comparison comparison) {
        if (comparison == null) {
            table.getItems().clear();
            left.setText("");
            return;
        }
        left.setText(RunColumns.note(comparison));
        List<TableColumn<Difference, String>> columns = new ArrayList<>();
        columns.add(column("Setting", 0.8, 210, difference -> difference.group().equals("hyper")
                ? "objective." + difference.name()
                : difference.name()));
        for (int run : RunColumns.of(comparison)) {
            columns.add(column(comparison.names().get(run), 1, 120, difference -> difference.values().get(run)));
        }
        table.getColumns().setAll(columns);
        table.setItems(FXCollections.observableArrayList(comparison.differences()));
    }

    private static TableColumn<Difference, String> column(String title, double weight, double least,
            Function<Difference, String> text) {
        TableColumn<Difference, String> column = Tables.textColumn(title,
                difference -> new SimpleStringProperty(text.apply(difference)));
        Tables.weigh(column, weight, least);
        return column;
    }
}
