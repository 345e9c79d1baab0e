package preflab.app.compare;

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
import preflab.datasets.store.DatasetInfo;

/** What can be done for better evidence: test problems to ask, runs that wait. */
public final class EvidenceModel {

    private final ObservableList<DatasetInfo> problems = FXCollections.observableArrayList();
    private final ObjectProperty<DatasetInfo> chosen = new SimpleObjectProperty<>();
    private final BooleanProperty asking = new SimpleBooleanProperty();
    private final DoubleProperty progress = new SimpleDoubleProperty(-1);
    private final StringProperty words = new SimpleStringProperty("");
    private final ObservableList<Integer> waiting = FXCollections.observableArrayList();
    private final BooleanProperty starting = new SimpleBooleanProperty();

    /** Versions whose rows may tell a final answer, newest first. */
    public ObservableList<DatasetInfo> problems() {
        return problems;
    }

    /** The version to ask; null for none. */
    public ObjectProperty<DatasetInfo> chosenProperty() {
        return chosen;
    }

    /** Whether runs are being asked. */
    public BooleanProperty askingProperty() {
        return asking;
    }

    /** Of asking all runs, 0 … 1; negative where unknown. */
    public DoubleProperty progressProperty() {
        return progress;
    }

    /** How far asking is, or what came of it; empty for nothing to say. */
    public StringProperty wordsProperty() {
        return words;
    }

    /** Numbers of runs that are entered and not started, oldest first. */
    public ObservableList<Integer> waiting() {
        return waiting;
    }

    /** Whether waiting runs are started one after another while this window is open. */
    public BooleanProperty startingProperty() {
        return starting;
    }
}
