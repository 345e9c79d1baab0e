package preflab.app.label;

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
import preflab.projects.run.Suggesting.Basis;
import preflab.projects.run.Suggesting.Source;

/** Which run suggests verdicts, by what, and what came of it. */
public final class SuggestModel {

    private final ObservableList<Source> sources = FXCollections.observableArrayList();
    private final ObjectProperty<Source> source = new SimpleObjectProperty<>();
    private final ObjectProperty<Basis> basis = new SimpleObjectProperty<>(Basis.MARGIN);
    private final BooleanProperty uncertainFirst = new SimpleBooleanProperty(true);
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final DoubleProperty progress = new SimpleDoubleProperty(-1);
    private final StringProperty note = new SimpleStringProperty("");
    private final StringProperty problem = new SimpleStringProperty("");

    /** Runs that can suggest, newest first. */
    public ObservableList<Source> sources() {
        return sources;
    }

    /** Null where there is none. */
    public ObjectProperty<Source> sourceProperty() {
        return source;
    }

    public ObjectProperty<Basis> basisProperty() {
        return basis;
    }

    /** Whether the queue begins with what the run is least sure of. */
    BooleanProperty uncertainFirstProperty() {
        return uncertainFirst;
    }

    public BooleanProperty busyProperty() {
        return busy;
    }

    /** In [0, 1]; negative until known. */
    DoubleProperty progressProperty() {
        return progress;
    }

    /** What came of it, in words. */
    public StringProperty noteProperty() {
        return note;
    }

    StringProperty problemProperty() {
        return problem;
    }
}
