package preflab.app.data;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import preflab.datasets.example.PreferenceExample;

/** A row of the table, whose example may still be on its way from the store. */
final class ExampleRow {

    private final int position;
    private final ObjectProperty<PreferenceExample> example = new SimpleObjectProperty<>();

    ExampleRow(int position) {
        this.position = position;
    }

    /** Its place in the table, from 0. */
    int position() {
        return position;
    }

    /** Null until it has been read. */
    ObjectProperty<PreferenceExample> exampleProperty() {
        return example;
    }
}
