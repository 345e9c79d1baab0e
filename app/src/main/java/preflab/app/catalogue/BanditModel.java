package preflab.app.catalogue;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import preflab.projects.chart.Plot;
import preflab.projects.chart.PlotLine;

/** What the bandit lab shows. */
public final class BanditModel {

    private final ObjectProperty<BanditPreset> preset = new SimpleObjectProperty<>(BanditPreset.ALL.getFirst());
    private final ObservableList<BanditLine> lines = FXCollections.observableArrayList();
    private final ObjectProperty<BanditLine> focused = new SimpleObjectProperty<>();
    private final ObjectProperty<Optional<List<Double>>> optimum = new SimpleObjectProperty<>(Optional.empty());
    private final BooleanProperty playing = new SimpleBooleanProperty();
    private final IntegerProperty speed = new SimpleIntegerProperty(2);
    private final DoubleProperty penalty = new SimpleDoubleProperty();
    private final IntegerProperty frames = new SimpleIntegerProperty();
    private final StringProperty problem = new SimpleStringProperty("");
    private final ObjectProperty<Plot> truth = new SimpleObjectProperty<>(distances("Distance to π*", List.of()));
    private final ObjectProperty<Plot> reference = new SimpleObjectProperty<>(
            distances("Distance to π_ref", List.of()));

    static Plot distances(String title, List<PlotLine> lines) {
        return new Plot(title, "steps", "total variation", lines);
    }

    ObjectProperty<BanditPreset> presetProperty() {
        return preset;
    }

    /** The objectives at work. */
    public ObservableList<BanditLine> lines() {
        return lines;
    }

    /** The objective whose settings are shown; null before the first preset is taken. */
    public ObjectProperty<BanditLine> focusedProperty() {
        return focused;
    }

    /** The exact optimum of RLHF, where the preset asks for it. */
    ObjectProperty<Optional<List<Double>>> optimumProperty() {
        return optimum;
    }

    public BooleanProperty playingProperty() {
        return playing;
    }

    /** Steps between two frames. */
    public IntegerProperty speedProperty() {
        return speed;
    }

    /** α of the penalty α Σ π². */
    public DoubleProperty penaltyProperty() {
        return penalty;
    }

    /** Frames since the start; changes whenever there is something new to paint. */
    public IntegerProperty framesProperty() {
        return frames;
    }

    /** Why an objective cannot take part; empty if all do. */
    public StringProperty problemProperty() {
        return problem;
    }

    ObjectProperty<Plot> truthProperty() {
        return truth;
    }

    ObjectProperty<Plot> referenceProperty() {
        return reference;
    }
}
