package preflab.app.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.batch.RowSide;
import preflab.projects.chart.Cloud;
import preflab.projects.compare.ExampleRow;

/** What the Examples of the picked runs show. */
public final class ExamplesModel {

    /** How many rows may be asked for. */
    static final List<Integer> LIMITS = List.of(100, 500, 1000, 10_000);

    /** What became of a pair, upper left to lower right. */
    static final List<String> QUARTERS = List.of("reversed: chosen fell, rejected rose", "both rose",
            "displaced: both fell", "as wanted: chosen rose, rejected fell");

    private final BooleanProperty active = new SimpleBooleanProperty();
    private final ObservableList<DatasetVersionId> datasets = FXCollections.observableArrayList();
    private final ObjectProperty<DatasetVersionId> dataset = new SimpleObjectProperty<>();
    private final ObjectProperty<Integer> limit = new SimpleObjectProperty<>(LIMITS.getFirst());
    private final ObservableList<ExampleSource> sources = FXCollections.observableArrayList();
    private final ObjectProperty<ExampleSource> from = new SimpleObjectProperty<>();
    private final ObjectProperty<ExampleSource> to = new SimpleObjectProperty<>();
    private final ObservableList<ExampleRow> rows = FXCollections.observableArrayList();
    private final ObservableList<ExampleRow> shown = FXCollections.observableArrayList();
    private final StringProperty query = new SimpleStringProperty("");
    private final ObjectProperty<ExampleOrder> order = new SimpleObjectProperty<>(ExampleOrder.ROW);
    private final ObjectProperty<Integer> selected = new SimpleObjectProperty<>();
    private final ObjectProperty<ExampleDetail> detail = new SimpleObjectProperty<>();
    private final BooleanProperty gradients = new SimpleBooleanProperty();
    private final BooleanProperty scoring = new SimpleBooleanProperty();
    private final BooleanProperty complete = new SimpleBooleanProperty();
    private final DoubleProperty progress = new SimpleDoubleProperty(-1);
    private final StringProperty words = new SimpleStringProperty("");
    private final StringProperty problem = new SimpleStringProperty("");

    ExamplesModel() {
        query.subscribe(this::arrange);
        order.subscribe(this::arrange);
        from.subscribe(this::arrange);
        to.subscribe(this::arrange);
    }

    /** Takes over rows, with the filter and the order that are asked for. */
    void show(List<ExampleRow> all) {
        rows.setAll(all);
        arrange();
    }

    private void arrange() {
        if (!isConsistent()) {
            return; // other sources were taken over, and their rows follow
        }
        String wanted = query.get().strip().toLowerCase(Locale.ROOT);
        Comparator<ExampleRow> comparator = order.get().comparator(sources.indexOf(from.get()),
                sources.indexOf(to.get()));
        shown.setAll(rows.stream()
                .filter(row -> wanted.isEmpty() || row.prompt().toLowerCase(Locale.ROOT).contains(wanted)
                        || wanted.equals(String.valueOf(row.row() + 1)))
                .sorted(comparator.thenComparingInt(ExampleRow::row)).toList());
    }

    /** Whether the rows have a score for each source. */
    private boolean isConsistent() {
        return rows.isEmpty() || rows.getFirst().scores().size() == sources.size();
    }

    /** Every row by what became of its log-probabilities; null where that is not known. */
    Cloud cloud() {
        int first = sources.indexOf(from.get());
        int second = sources.indexOf(to.get());
        if (!isConsistent() || first < 0 || second < 0 || first == second) {
            return null;
        }
        List<Cloud.Point> pairs = new ArrayList<>();
        List<Cloud.Point> single = new ArrayList<>();
        for (ExampleRow row : rows) {
            OptionalDouble chosen = row.change(RowSide.CHOSEN, first, second);
            OptionalDouble rejected = row.change(RowSide.REJECTED, first, second);
            if (chosen.isPresent() && rejected.isPresent()) {
                pairs.add(new Cloud.Point(row.row(), chosen.getAsDouble(), rejected.getAsDouble()));
            } else {
                row.first().flatMap(side -> row.logProbs(side, first, second))
                        .ifPresent(both -> single.add(new Cloud.Point(row.row(), both.first(), both.second())));
            }
        }
        if (!pairs.isEmpty()) {
            return new Cloud("change of log-prob of chosen", "change of log-prob of rejected", pairs, QUARTERS,
                    "margin unchanged");
        }
        return single.isEmpty()
                ? null
                : new Cloud("log-prob under " + from.get().name(), "log-prob under " + to.get().name(), single,
                        List.of(), "unchanged");
    }

    /** Whether anybody looks; nothing is read before. */
    BooleanProperty activeProperty() {
        return active;
    }

    /** The versions that the picked runs were held against or trained on. */
    public ObservableList<DatasetVersionId> datasets() {
        return datasets;
    }

    /** The version whose rows are shown; null for none. */
    public ObjectProperty<DatasetVersionId> datasetProperty() {
        return dataset;
    }

    /** How many of its first rows. */
    ObjectProperty<Integer> limitProperty() {
        return limit;
    }

    /** Frozen models first, then the picked runs that have a checkpoint. */
    ObservableList<ExampleSource> sources() {
        return sources;
    }

    /** Changes are measured from this one; null for none. */
    ObjectProperty<ExampleSource> fromProperty() {
        return from;
    }

    /** To this one. */
    ObjectProperty<ExampleSource> toProperty() {
        return to;
    }

    /** All rows, in their own order. */
    public ObservableList<ExampleRow> rows() {
        return rows;
    }

    /** The rows that fit, in the order asked for. */
    ObservableList<ExampleRow> shown() {
        return shown;
    }

    /** Words to be found in a prompt, or the number of a row as it is shown. */
    StringProperty queryProperty() {
        return query;
    }

    ObjectProperty<ExampleOrder> orderProperty() {
        return order;
    }

    /** The row that is read, counted from 0; null for none. */
    public ObjectProperty<Integer> selectedProperty() {
        return selected;
    }

    /** All of that row; null until it is read. */
    ObjectProperty<ExampleDetail> detailProperty() {
        return detail;
    }

    /** Whether tokens are coloured by dL/dlogp and not by their log-probability. */
    BooleanProperty gradientsProperty() {
        return gradients;
    }

    /** Whether rows are being scored. */
    public BooleanProperty scoringProperty() {
        return scoring;
    }

    /** Whether every source has scored the rows that are shown. */
    public BooleanProperty completeProperty() {
        return complete;
    }

    /** In [0, 1]; negative where unknown. */
    DoubleProperty progressProperty() {
        return progress;
    }

    /** How scoring goes or went. */
    public StringProperty wordsProperty() {
        return words;
    }

    /** Why something is missing; empty where nothing is. */
    StringProperty problemProperty() {
        return problem;
    }
}
