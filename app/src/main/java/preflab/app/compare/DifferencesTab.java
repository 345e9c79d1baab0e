package preflab.app.compare;

import java.util.function.Function;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.FXCollections;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Tables;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.Difference;

/** The settings in which the runs differ, and no others. */
final class DifferencesTab extends VBox {

    private final TableView<Difference> table = new TableView<>();

    DifferencesTab(CompareModel model) {
        getStyleClass().add("tab-body");
        table.setId("compare-differences");
        table.setAccessibleText("Settings in which the runs differ");
        table.setPlaceholder(new EmptyState(Feather.CHECK, "No difference",
                "The runs have the same settings, or only one is picked."));
        Tables.fill(table);
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().add(table);
        model.comparisonProperty().subscribe(this::show);
    }

    private void show(Comparison comparison) {
        if (comparison == null) {
            table.getItems().clear();
            return;
        }
        table.getColumns().clear();
        add("Setting", 0.8, 210, difference -> difference.group().equals("hyper")
                ? "objective." + difference.name()
                : difference.name());
        for (int i = 0; i < comparison.runs().size(); i++) {
            int run = i;
            add(comparison.names().get(i), 1, 120, difference -> difference.values().get(run));
        }
        table.setItems(FXCollections.observableArrayList(comparison.differences()));
    }

    private void add(String title, double weight, double least, Function<Difference, String> text) {
        TableColumn<Difference, String> column = Tables.textColumn(title,
                difference -> new SimpleStringProperty(text.apply(difference)));
        Tables.weigh(column, weight, least);
        table.getColumns().add(column);
    }
}
