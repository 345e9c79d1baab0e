package preflab.app.compare;

import java.util.List;
import java.util.Map;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import preflab.datasets.example.DatasetVersionId;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.Grouping;
import preflab.projects.compare.RunColours;
import preflab.projects.compare.RunDetails;
import preflab.projects.compare.RunRow;
import preflab.projects.store.RunSummary;

/** What the Compare screen shows. */
public final class CompareModel {

    /** Settings, metrics and properties that are shown until others are chosen. */
    static final List<String> DEFAULT_COLUMNS = List.of("run", "name", "objective", "data", "seed", "state", "step",
            "eval/accuracy", "loss", "tags");

    private final ObservableList<RunSummary> runs = FXCollections.observableArrayList();
    private final ObservableList<RunRow> rows = FXCollections.observableArrayList();
    private final ObservableList<String> columns = FXCollections.observableArrayList(DEFAULT_COLUMNS);
    private final ObservableList<String> available = FXCollections.observableArrayList();
    private final ObjectProperty<Grouping> grouping = new SimpleObjectProperty<>(Grouping.NONE);
    private final BooleanProperty archived = new SimpleBooleanProperty();
    private final ObjectProperty<RunRow> selected = new SimpleObjectProperty<>();
    private final ObjectProperty<RunDetails> details = new SimpleObjectProperty<>();
    private final StringProperty filter = new SimpleStringProperty("");
    private final StringProperty filterProblem = new SimpleStringProperty("");
    private final ObservableList<Integer> picked = FXCollections.observableArrayList();
    private final ObjectProperty<Integer> baseline = new SimpleObjectProperty<>();
    private final ObjectProperty<Comparison> comparison = new SimpleObjectProperty<>();
    private final BooleanProperty smooth = new SimpleBooleanProperty();
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final StringProperty saved = new SimpleStringProperty("");
    private final ObjectProperty<Map<Integer, DatasetVersionId>> outdated = new SimpleObjectProperty<>(Map.of());

    private final ObjectProperty<Sorting> sorting = new SimpleObjectProperty<>(Sorting.NONE);
    private final ObjectProperty<Undo> undo = new SimpleObjectProperty<>(Undo.NONE);

    private Map<Integer, Integer> slots = Map.of();

    /**
     * What the lines of the table are sorted by.
     *
     * @param column
     *            name of a column; empty for the order of the runs, newest first
     */
    public record Sorting(String column, boolean descending) {
        /** Newest first. */
        public static final Sorting NONE = new Sorting("", false);
    }

    /**
     * The last act that can be taken back.
     *
     * @param words
     *            what was done; empty for nothing
     */
    record Undo(String words, Runnable back) {
        static final Undo NONE = new Undo("", () -> {
        });
    }

    public CompareModel() {
        // the first to hear of it, so that everybody else finds the colours given
        picked.addListener((Observable change) -> giveColours());
    }

    /** A run keeps its colour as long as it is picked; a new one gets that of its number, if it is free. */
    private void giveColours() {
        slots = RunColours.of(picked, slots);
    }

    /** Whether this run is compared. */
    boolean isPicked(int run) {
        return slots.containsKey(run);
    }

    /** The place in the palette of a picked run's colour; −1 for a run not picked. */
    public int slot(int run) {
        return slots.getOrDefault(run, -1);
    }

    /** All runs of the project, newest first. */
    public ObservableList<RunSummary> runs() {
        return runs;
    }

    /** The lines of the table: what fits the filter, grouped as asked. */
    public ObservableList<RunRow> rows() {
        return rows;
    }

    /** Names of the columns shown, in order. */
    public ObservableList<String> columns() {
        return columns;
    }

    /** Names of everything a column could show. */
    public ObservableList<String> available() {
        return available;
    }

    /** Which runs share a line. */
    public ObjectProperty<Grouping> groupingProperty() {
        return grouping;
    }

    /** What its lines are sorted by. */
    public ObjectProperty<Sorting> sortingProperty() {
        return sorting;
    }

    /** The last act that can be taken back. */
    ObjectProperty<Undo> undoProperty() {
        return undo;
    }

    /** Whether runs put out of the way are shown too. */
    public BooleanProperty archivedProperty() {
        return archived;
    }

    /** The line the keyboard is on, or all selected lines as one; null for none. */
    public ObjectProperty<RunRow> selectedProperty() {
        return selected;
    }

    /** Everything about the newest run of that line; null until read. */
    public ObjectProperty<RunDetails> detailsProperty() {
        return details;
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

    /** Runs whose data was labelled anew since, by number, with the newest version that came of it. */
    public ObjectProperty<Map<Integer, DatasetVersionId>> outdatedProperty() {
        return outdated;
    }
}
