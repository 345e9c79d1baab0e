package preflab.app.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import preflab.app.form.FormModel;
import preflab.datasets.store.DatasetInfo;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.param.Param;
import preflab.engine.train.TrainSettings;
import preflab.projects.run.LaunchEstimate;

/** What the form of the Train screen holds. */
public final class TrainModel {

    private static final List<Param<?>> BASIC = List.of(TrainSettings.STEPS, TrainSettings.BATCH_SIZE,
            TrainSettings.LEARNING_RATE, TrainSettings.LORA_RANK, TrainSettings.SEED, TrainSettings.EVALUATE_EVERY);

    private final ObservableList<DatasetInfo> datasets = FXCollections.observableArrayList();
    private final ObservableList<String> models = FXCollections.observableArrayList();
    private final ObjectProperty<ObjectiveType<?>> objective = new SimpleObjectProperty<>(Objectives.ALL.getFirst());
    private final ObjectProperty<DatasetInfo> dataset = new SimpleObjectProperty<>();
    private final ObjectProperty<DatasetInfo> evaluation = new SimpleObjectProperty<>();
    private final StringProperty modelRef = new SimpleStringProperty("");
    private final StringProperty reference = new SimpleStringProperty("");
    private final StringProperty name = new SimpleStringProperty("");
    private final Map<String, FormModel> hyper = new LinkedHashMap<>();
    private final FormModel basic = new FormModel(BASIC);
    private final FormModel advanced = new FormModel(
            TrainSettings.ALL.stream().filter(param -> !BASIC.contains(param)).<Param<?>>map(p -> p).toList());
    private final ObservableList<CheckLine> findings = FXCollections.observableArrayList();
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final ObjectProperty<LaunchEstimate> estimate = new SimpleObjectProperty<>();
    private final BooleanProperty memoryIgnored = new SimpleBooleanProperty();

    /** Versions to train and evaluate on. */
    public ObservableList<DatasetInfo> datasets() {
        return datasets;
    }

    /** Names of models to offer: built-in ones and runs with a checkpoint. */
    public ObservableList<String> models() {
        return models;
    }

    public ObjectProperty<ObjectiveType<?>> objectiveProperty() {
        return objective;
    }

    /** The rows to train on; null until chosen. */
    public ObjectProperty<DatasetInfo> datasetProperty() {
        return dataset;
    }

    /** Held-out rows; null for none. */
    public ObjectProperty<DatasetInfo> evaluationProperty() {
        return evaluation;
    }

    /** A built-in model, a run or a folder. */
    public StringProperty modelRefProperty() {
        return modelRef;
    }

    /** The frozen reference; empty for the initial model. */
    public StringProperty referenceProperty() {
        return reference;
    }

    /** For people; empty takes objective and dataset. */
    public StringProperty nameProperty() {
        return name;
    }

    /** The hyper-parameters of an objective, kept while another one is looked at. */
    public FormModel hyper(ObjectiveType<?> type) {
        return hyper.computeIfAbsent(type.id(), id -> new FormModel(type.params()));
    }

    /** The settings nearly every run changes. */
    public FormModel basic() {
        return basic;
    }

    /** All other settings. */
    public FormModel advanced() {
        return advanced;
    }

    /** What the last check found; empty when the form has changed since. */
    ObservableList<CheckLine> findings() {
        return findings;
    }

    /** What the run would need as the form stands; null while that is not known. */
    ObjectProperty<LaunchEstimate> estimateProperty() {
        return estimate;
    }

    /** Whether a run is started although memory does not seem to suffice. */
    BooleanProperty memoryIgnoredProperty() {
        return memoryIgnored;
    }

    /** Whether a check or a start is under way. */
    public BooleanProperty busyProperty() {
        return busy;
    }
}
