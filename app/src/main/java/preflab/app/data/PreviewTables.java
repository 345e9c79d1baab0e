package preflab.app.data;

import java.util.List;
import java.util.function.Function;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.FXCollections;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import preflab.app.widget.Tables;
import preflab.app.widget.Words;
import preflab.datasets.importer.Problem;

/** Small tables of what is known before or after an import. */
final class PreviewTables {

    private PreviewTables() {
    }

    static TableView<Problem> problems(List<Problem> problems) {
        TableView<Problem> table = new TableView<>(FXCollections.observableArrayList(problems));
        table.setId("import-problems");
        table.setAccessibleText("Rejected rows");
        add(table, "Row", 0, problem -> Words.count(problem.row()));
        add(table, "Field", 0, Problem::field);
        add(table, "Problem", 1, Problem::problem);
        Tables.fill(table);
        return table;
    }

    private static void add(TableView<Problem> table, String title, double weight,
            Function<Problem, String> text) {
        TableColumn<Problem, String> column = Tables.textColumn(title,
                problem -> new SimpleStringProperty(text.apply(problem)));
        Tables.weigh(column, weight);
        table.getColumns().add(column);
    }
}
