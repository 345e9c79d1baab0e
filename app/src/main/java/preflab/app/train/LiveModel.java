package preflab.app.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Series;
import preflab.projects.store.StoredSamples;
import preflab.projects.store.StoredWarning;

/** The run that is being watched. */
public final class LiveModel {

    private final ObservableList<RunSummary> runs = FXCollections.observableArrayList();
    private final ObjectProperty<RunSummary> summary = new SimpleObjectProperty<>();
    private final Map<String, Series> series = new HashMap<>();
    private final ReadOnlyIntegerWrapper changes = new ReadOnlyIntegerWrapper();
    private final ObservableList<StoredWarning> warnings = FXCollections.observableArrayList();
    private final ObjectProperty<StoredSamples> firstSamples = new SimpleObjectProperty<>();
    private final ObjectProperty<StoredSamples> lastSamples = new SimpleObjectProperty<>();
    private final StringProperty speed = new SimpleStringProperty("");
    private final StringProperty timeLeft = new SimpleStringProperty("");
    private final BooleanProperty smooth = new SimpleBooleanProperty();
    private final BooleanProperty stopAsked = new SimpleBooleanProperty();
    private final BooleanProperty resumeAsked = new SimpleBooleanProperty();

    /** Whether charts show smoothed lines over the raw ones. */
    public BooleanProperty smoothProperty() {
        return smooth;
    }

    /** All runs of the project, newest first. */
    public ObservableList<RunSummary> runs() {
        return runs;
    }

    /** Where the watched run stands; null while none is watched. */
    public ObjectProperty<RunSummary> summaryProperty() {
        return summary;
    }

    /** What was logged of a metric so far. */
    public Series series(String key) {
        return series.getOrDefault(key, Series.EMPTY);
    }

    /** Counts up whenever points were added. */
    public ReadOnlyIntegerProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }

    void add(Map<String, Series> newPoints) {
        newPoints.forEach((key, points) -> series.merge(key, points, Series::plus));
        if (!newPoints.isEmpty()) {
            changes.set(changes.get() + 1);
        }
    }

    /** Forgets the points, for a run that went on from an earlier step. */
    void forgetPoints() {
        series.clear();
        firstSamples.set(null);
        lastSamples.set(null);
        warnings.clear();
        changes.set(changes.get() + 1);
    }

    /** Forgets everything, for another run. */
    void clear() {
        summary.set(null);
        speed.set("");
        timeLeft.set("");
        stopAsked.set(false);
        forgetPoints();
    }

    public ObservableList<StoredWarning> warnings() {
        return warnings;
    }

    /** Answers before training; null where there are none. */
    public ObjectProperty<StoredSamples> firstSamplesProperty() {
        return firstSamples;
    }

    /** The newest answers; null where there are none. */
    public ObjectProperty<StoredSamples> lastSamplesProperty() {
        return lastSamples;
    }

    void addSamples(List<StoredSamples> fresh) {
        List<StoredSamples> fixed = fresh.stream().filter(samples -> samples.purpose().equals("samples")).toList();
        if (!fixed.isEmpty()) {
            firstSamples.set(Optional.ofNullable(firstSamples.get()).orElse(fixed.getFirst()));
            lastSamples.set(fixed.getLast());
        }
    }

    /** Tokens a second, in words. */
    public StringProperty speedProperty() {
        return speed;
    }

    /** In words; empty where unknown. */
    public StringProperty timeLeftProperty() {
        return timeLeft;
    }

    /** Whether this window has asked the run to stop. */
    public BooleanProperty stopAskedProperty() {
        return stopAsked;
    }

    /** Whether this window is starting a process for the run to go on in. */
    public BooleanProperty resumeAskedProperty() {
        return resumeAsked;
    }
}
