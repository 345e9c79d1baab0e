package preflab.app.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import preflab.datasets.example.Kind;
import preflab.datasets.importer.Detection;
import preflab.datasets.importer.MappingPreset;
import preflab.datasets.store.Imported;

/** One import, from the file to the report. */
public final class ImportModel {

    private final ObjectProperty<ImportStage> stage = new SimpleObjectProperty<>(ImportStage.NONE);
    private final ObjectProperty<Path> file = new SimpleObjectProperty<>();
    private final StringProperty name = new SimpleStringProperty("");
    private final ObjectProperty<Detection> detection = new SimpleObjectProperty<>();
    private final ObjectProperty<ImportLook> look = new SimpleObjectProperty<>();
    private final ObservableList<Path> waiting = FXCollections.observableArrayList();
    private final ObservableList<MappingPreset> presets = FXCollections.observableArrayList();
    private final StringProperty remark = new SimpleStringProperty("");
    private final ObjectProperty<Kind> kind = new SimpleObjectProperty<>();
    private final Map<String, String> mapping = new LinkedHashMap<>();
    private final DoubleProperty progress = new SimpleDoubleProperty(-1);
    private final StringProperty progressWords = new SimpleStringProperty("");
    private final ObjectProperty<Imported> imported = new SimpleObjectProperty<>();
    private final StringProperty problem = new SimpleStringProperty("");

    public ObjectProperty<ImportStage> stageProperty() {
        return stage;
    }

    /** Null while no import is under way. */
    public ObjectProperty<Path> fileProperty() {
        return file;
    }

    /** The dataset's name; an existing one gets its next version. */
    public StringProperty nameProperty() {
        return name;
    }

    /** What the file seems to be; null until it has been looked at. */
    public ObjectProperty<Detection> detectionProperty() {
        return detection;
    }

    /** The detection with what goes with it; null until the file has been looked at. */
    ObjectProperty<ImportLook> lookProperty() {
        return look;
    }

    /** Files whose turn comes after this one. */
    public ObservableList<Path> waiting() {
        return waiting;
    }

    /** Saved mappings whose columns this file has. */
    public ObservableList<MappingPreset> presets() {
        return presets;
    }

    /** What went well beside the import itself: a preset saved, rows exported; empty if nothing. */
    public StringProperty remarkProperty() {
        return remark;
    }

    /** The kind a person chose; null to take what was detected. */
    public ObjectProperty<Kind> kindProperty() {
        return kind;
    }

    /** Field → column, as far as a person chose them. */
    public Map<String, String> mapping() {
        return mapping;
    }

    /** In [0, 1]; negative where unknown. */
    public DoubleProperty progressProperty() {
        return progress;
    }

    public StringProperty progressWordsProperty() {
        return progressWords;
    }

    /** What came of it; null until it is done. */
    public ObjectProperty<Imported> importedProperty() {
        return imported;
    }

    /** Why it could not be done, or what has to change first; empty if nothing. */
    public StringProperty problemProperty() {
        return problem;
    }
}
