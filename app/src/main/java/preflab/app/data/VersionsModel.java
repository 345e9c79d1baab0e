package preflab.app.data;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import preflab.datasets.store.DatasetInfo;
import preflab.datasets.store.Origin;
import preflab.datasets.store.VersionDifference;

/** Where the selected version comes from, how it differs from another, and what lies in the trash. */
final class VersionsModel {

    private final ObjectProperty<Origin> origin = new SimpleObjectProperty<>();
    private final ObservableList<DatasetInfo> others = FXCollections.observableArrayList();
    private final ObjectProperty<DatasetInfo> other = new SimpleObjectProperty<>();
    private final ObjectProperty<VersionDifference> difference = new SimpleObjectProperty<>();
    private final ObservableList<DatasetInfo> trash = FXCollections.observableArrayList();
    private final StringProperty remark = new SimpleStringProperty("");

    /** Null while it is being read. */
    ObjectProperty<Origin> originProperty() {
        return origin;
    }

    /** Versions that the selected one can be compared with, those of the same dataset first. */
    ObservableList<DatasetInfo> others() {
        return others;
    }

    /** The version compared with; null for none. */
    ObjectProperty<DatasetInfo> otherProperty() {
        return other;
    }

    /** From the other version to the selected one; null while unknown. */
    ObjectProperty<VersionDifference> differenceProperty() {
        return difference;
    }

    ObservableList<DatasetInfo> trash() {
        return trash;
    }

    /** What was done last. */
    StringProperty remarkProperty() {
        return remark;
    }
}
