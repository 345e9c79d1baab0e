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

/** What the Data screen shows beside an import. */
public final class DataModel {

    private final ObservableList<DatasetInfo> datasets = FXCollections.observableArrayList();
    private final ObjectProperty<DatasetInfo> selected = new SimpleObjectProperty<>();
    private final ObjectProperty<ObservableList<ExampleRow>> rows = new SimpleObjectProperty<>(
            FXCollections.observableArrayList());
    private final StringProperty query = new SimpleStringProperty("");
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
