package preflab.app.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import preflab.app.widget.Nodes;
import preflab.app.widget.Tables;
import preflab.app.widget.Words;
import preflab.projects.compare.BaseModel;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.Estimate;
import preflab.projects.compare.Interval;
import preflab.projects.compare.MetricRow;
import preflab.projects.compare.PairedDifference;
import preflab.projects.compare.Statistics;

/** The last value of every metric of every run, with intervals and differences where the rows behind them are kept. */
final class MetricsTab extends VBox {

    /** Room for a value with its interval. */
    private static final double RUN = 196;

    private final TableView<MetricRow> table = new TableView<>();
    private final Label base = Nodes.wrapped("", "muted", "small");
    private final Label scope = Nodes.wrapped("", "muted", "small");
    private final Label left = Nodes.wrapped("", "muted", "small");

    MetricsTab(CompareModel model) {
        super(8);
        getStyleClass().add("tab-body");
        table.setId("compare-metrics");
        table.setAccessibleText("Metrics of the compared runs");
        Label placeholder = Nodes.label("", "muted");
        placeholder.textProperty().bind(Bindings.when(model.busyProperty()).then("Comparing…")
                .otherwise("What the picked runs logged last appears here."));
        table.setPlaceholder(placeholder);
        Tables.fill(table);
        VBox.setVgrow(table, Priority.ALWAYS);
        Nodes.showWhen(base, base.textProperty().isNotEmpty());
        scope.setId("compare-metrics-scope");
        Nodes.showWhen(scope, scope.textProperty().isNotEmpty());
        Nodes.showWhen(left, left.textProperty().isNotEmpty());
        getChildren().addAll(base, scope, left, table);
        model.comparisonProperty().subscribe(this::show);
    }

    private void show(Comparison comparison) {
        if (comparison == null) {
            table.getItems().clear();
            left.setText("");
            scope.setText("");
            return;
        }
        base.setText(comparison.base().map(MetricsTab::words).orElse(""));
        scope.setText(comparison.metrics().stream().flatMap(row -> row.estimates().stream()).flatMap(Optional::stream)
                .anyMatch(estimate -> estimate.interval().isPresent()) ? Statistics.OVER_PROBLEMS : "");
        left.setText(RunColumns.note(comparison));
        List<TableColumn<MetricRow, String>> columns = new ArrayList<>();
        columns.add(column("Metric", 0.2, 160, MetricRow::key));
        for (int run : RunColumns.of(comparison)) {
            columns.add(column(RunColumns.title(comparison, run), 1, RUN,
                    row -> cell(row.estimates().get(run))));
        }
        table.getColumns().setAll(columns);
        table.setItems(FXCollections.observableArrayList(comparison.metrics()));
    }

    private static TableColumn<MetricRow, String> column(String title, double weight, double least,
            Function<MetricRow, String> text) {
        TableColumn<MetricRow, String> column = Tables.textColumn(title,
                row -> new SimpleStringProperty(text.apply(row)));
        Tables.weigh(column, weight, least);
        return column;
    }

    private static String words(BaseModel base) {
        return "Before training, " + base.model() + " gets " + Words.share(base.accuracy()) + " "
                + interval(base.interval()) + " (" + base.interval().method() + ", n = "
                + Words.count(base.interval().n()) + ")";
    }

    static String cell(Optional<Estimate> found) {
        return found.map(estimate -> {
            StringBuilder text = new StringBuilder(estimate.interval().isPresent()
                    ? Words.share(estimate.value())
                    : Words.number(estimate.value()));
            estimate.interval().ifPresent(interval -> text.append(' ').append(interval(interval)));
            estimate.versusBaseline().ifPresent(difference -> text.append("\n★ ").append(difference(difference)));
            estimate.versusStart().ifPresent(difference -> text.append("\nstart ").append(difference(difference)));
            return text.toString();
        }).orElse("–");
    }

    private static String difference(PairedDifference difference) {
        String sign = difference.difference() > 0 ? "+" : "";
        return sign + Words.share(difference.difference()) + " " + interval(difference.interval()) + "\n   "
                + Statistics.p(difference.pValue());
    }

    private static String interval(Interval interval) {
        return "[" + Words.share(interval.low()) + ", " + Words.share(interval.high()) + "]";
    }
}
