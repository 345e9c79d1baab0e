package preflab.app.data;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.store.DatasetInfo;
import preflab.datasets.store.RowFilter;
import preflab.datasets.store.RowNumber;
import preflab.datasets.store.RowQuery;

/** What the Data screen shows beside an import. */
public final class DataModel {

    private final ObservableList<DatasetInfo> datasets = FXCollections.observableArrayList();
    private final ObjectProperty<DatasetInfo> selected = new SimpleObjectProperty<>();
    private final ObjectProperty<ObservableList<ExampleRow>> rows = new SimpleObjectProperty<>(
            FXCollections.observableArrayList());
    private final StringProperty query = new SimpleStringProperty("");
    private final ObservableList<RowFilter> filters = FXCollections.observableArrayList();
    private final ObjectProperty<RowNumber> sort = new SimpleObjectProperty<>(RowNumber.ROW);
    private final BooleanProperty descending = new SimpleBooleanProperty();
    private final ObjectProperty<PickedRows> picked = new SimpleObjectProperty<>();
    private final ObservableList<String> files = FXCollections.observableArrayList();
    private final StringProperty rowsNote = new SimpleStringProperty("");
    private final BooleanProperty loading = new SimpleBooleanProperty();
    private final ObjectProperty<PreferenceExample> example = new SimpleObjectProperty<>();

    /** Every version, by name and version. */
    public ObservableList<DatasetInfo> datasets() {
        return datasets;
    }

    /** The version whose rows are shown; null for none. */
    public ObjectProperty<DatasetInfo> selectedProperty() {
        return selected;
    }

    /** The rows of the table. */
    ObjectProperty<ObservableList<ExampleRow>> rowsProperty() {
        return rows;
    }

    /** Words to be found in a row; empty for all rows. */
    public StringProperty queryProperty() {
        return query;
    }

    /** Conditions that every row shown meets. */
    ObservableList<RowFilter> filters() {
        return filters;
    }

    /** What the rows are sorted by. */
    ObjectProperty<RowNumber> sortProperty() {
        return sort;
    }

    /** Whether the highest comes first. */
    BooleanProperty descendingProperty() {
        return descending;
    }

    /** Rows that something else points at, shown instead of what the conditions find; null for none. */
    ObjectProperty<PickedRows> pickedProperty() {
        return picked;
    }

    /** Names of the files that the rows of the selected version came from. */
    ObservableList<String> files() {
        return files;
    }

    /** The rows asked for, in the order asked for. */
    RowQuery rowQuery() {
        return new RowQuery(query.get(), filters, sort.get(), descending.get());
    }

    /** How many rows are shown, in words. */
    public StringProperty rowsNoteProperty() {
        return rowsNote;
    }

    /** Whether the list of versions is being read for the first time. */
    public BooleanProperty loadingProperty() {
        return loading;
    }

    /** The example in the inspector; null for none. */
    public ObjectProperty<PreferenceExample> exampleProperty() {
        return example;
    }
}
