package preflab.app.compare;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import preflab.projects.compare.Comparison;
import preflab.projects.store.RunSummary;

/** What the Compare screen shows. */
public final class CompareModel {

    private final ObservableList<RunSummary> runs = FXCollections.observableArrayList();
    private final FilteredList<RunSummary> shown = new FilteredList<>(runs);
    private final StringProperty filter = new SimpleStringProperty("");
    private final StringProperty filterProblem = new SimpleStringProperty("");
    private final ObservableList<Integer> picked = FXCollections.observableArrayList();
    private final ObjectProperty<Integer> baseline = new SimpleObjectProperty<>();
    private final ObjectProperty<Comparison> comparison = new SimpleObjectProperty<>();
    private final BooleanProperty smooth = new SimpleBooleanProperty();
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final StringProperty saved = new SimpleStringProperty("");

    /** All runs of the project, newest first. */
    public ObservableList<RunSummary> runs() {
        return runs;
    }

    /** Those that fit the filter. */
    public FilteredList<RunSummary> shown() {
        return shown;
    }

    /** What runs are asked for; empty for all. */
    public StringProperty filterProperty() {
        return filter;
    }

    /** Why the filter cannot be read, with a mark at the character; empty where it can. */
    public StringProperty filterProblemProperty() {
        return filterProblem;
    }

    /** Numbers of the runs compared, in the order they were picked. */
    public ObservableList<Integer> picked() {
        return picked;
    }

    /** Number of the run the others are measured against; null for none. */
    public ObjectProperty<Integer> baselineProperty() {
        return baseline;
    }

    /** Null until two things to look at were picked and read. */
    public ObjectProperty<Comparison> comparisonProperty() {
        return comparison;
    }

    /** Whether charts show smoothed lines over the raw ones. */
    public BooleanProperty smoothProperty() {
        return smooth;
    }

    public BooleanProperty busyProperty() {
        return busy;
    }

    /** What was saved last, in words; empty for nothing. */
    public StringProperty savedProperty() {
        return saved;
    }
}
