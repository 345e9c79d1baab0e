package preflab.app.label;

import java.util.EnumSet;
import java.util.Set;
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
import preflab.app.label.LabelAction.Group;
import preflab.datasets.label.Author;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.QueueOrder;
import preflab.datasets.store.DatasetInfo;

/** What the Label screen shows. */
public final class LabelModel {

    private final ObservableList<DatasetInfo> datasets = FXCollections.observableArrayList();
    private final ObjectProperty<DatasetInfo> dataset = new SimpleObjectProperty<>();
    private final ObjectProperty<LabelTask> task = new SimpleObjectProperty<>();
    private final StringProperty annotator = new SimpleStringProperty("");
    private final ObservableList<String> annotators = FXCollections.observableArrayList();
    private final BooleanProperty loading = new SimpleBooleanProperty();
    private final ObjectProperty<Page> page = new SimpleObjectProperty<>();
    private final IntegerProperty here = new SimpleIntegerProperty();
    private final IntegerProperty splitAt = new SimpleIntegerProperty(-1);
    private final IntegerProperty total = new SimpleIntegerProperty();
    private final IntegerProperty done = new SimpleIntegerProperty();
    private final StringProperty pace = new SimpleStringProperty("");
    private final StringProperty message = new SimpleStringProperty("");
    private final BooleanProperty firstError = new SimpleBooleanProperty();
    private final BooleanProperty adjudicating = new SimpleBooleanProperty();
    private final BooleanProperty repeating = new SimpleBooleanProperty();
    private final ObjectProperty<QueueOrder> order = new SimpleObjectProperty<>(QueueOrder.AS_STORED);
    private final DoubleProperty threshold = new SimpleDoubleProperty();
    private final StringProperty flips = new SimpleStringProperty("");
    private final BooleanProperty valued = new SimpleBooleanProperty();
    private final DoubleProperty keptThreshold = new SimpleDoubleProperty();
    private final ObjectProperty<Ask> ask = new SimpleObjectProperty<>(Ask.NOTHING);
    private final StringProperty askProblem = new SimpleStringProperty("");
    private final ObjectProperty<LabelKeys> keys = new SimpleObjectProperty<>(LabelKeys.DEFAULT);
    private final ObjectProperty<Sheet.Kind> sheet = new SimpleObjectProperty<>(Sheet.Kind.NONE);

    /** Versions that can be labelled. */
    public ObservableList<DatasetInfo> datasets() {
        return datasets;
    }

    /** The version being labelled; null where there is none. */
    public ObjectProperty<DatasetInfo> datasetProperty() {
        return dataset;
    }

    /** What is asked about its rows; null without a version. */
    public ObjectProperty<LabelTask> taskProperty() {
        return task;
    }

    /** Who labels. */
    public StringProperty annotatorProperty() {
        return annotator;
    }

    /** Whether a version is being opened. */
    public BooleanProperty loadingProperty() {
        return loading;
    }

    /** The example in the middle; null where there is none. */
    ObjectProperty<Page> pageProperty() {
        return page;
    }

    /** The step whose verdict the next key gives. */
    IntegerProperty hereProperty() {
        return here;
    }

    /** Characters of the step before the cursor of a split; −1 where nothing is being split. */
    IntegerProperty splitAtProperty() {
        return splitAt;
    }

    /** Examples in the queue. */
    IntegerProperty totalProperty() {
        return total;
    }

    /** Examples this annotator has finished. */
    public IntegerProperty doneProperty() {
        return done;
    }

    /** "11/min"; empty until known. */
    StringProperty paceProperty() {
        return pace;
    }

    /** A short word about the last act. */
    StringProperty messageProperty() {
        return message;
    }

    /** Whether one key on the first wrong step settles the whole answer. */
    BooleanProperty firstErrorProperty() {
        return firstError;
    }

    /** Whether the person settles what annotators differ on: sees all verdicts, and has the last word. */
    BooleanProperty adjudicatingProperty() {
        return adjudicating;
    }

    /** Whose verdicts are given at this screen. */
    Author author() {
        return adjudicating.get() ? Author.adjudicator(annotator.get()) : Author.annotator(annotator.get());
    }

    /** Names of those who have labelled this version before. */
    ObservableList<String> annotators() {
        return annotators;
    }

    /** Whether some rows come a second time, to see whether a person agrees with themselves. */
    BooleanProperty repeatingProperty() {
        return repeating;
    }

    /** In which order rows come. */
    ObjectProperty<QueueOrder> orderProperty() {
        return order;
    }

    /** The step threshold that is being looked at, in [−1, 1]. */
    public DoubleProperty thresholdProperty() {
        return threshold;
    }

    /** What would flip, in words. */
    public StringProperty flipsProperty() {
        return flips;
    }

    /** Whether any step of the version has a value. */
    BooleanProperty valuedProperty() {
        return valued;
    }

    /** The step threshold that later runs start from. */
    public DoubleProperty keptThresholdProperty() {
        return keptThreshold;
    }

    ObjectProperty<Ask> askProperty() {
        return ask;
    }

    /** Why what was typed cannot be taken. */
    StringProperty askProblemProperty() {
        return askProblem;
    }

    ObjectProperty<LabelKeys> keysProperty() {
        return keys;
    }

    /** What lies over the screen. */
    ObjectProperty<Sheet.Kind> sheetProperty() {
        return sheet;
    }

    /** The groups of keys that mean something now. */
    Set<Group> groups() {
        Set<Group> groups = EnumSet.of(Group.MOVE, Group.RECORD, Group.VERSION);
        if (task.get() == LabelTask.STEPS) {
            groups.addAll(EnumSet.of(Group.STEPS, Group.FINISH));
        } else if (task.get() == LabelTask.ANSWERS) {
            groups.add(Group.ANSWERS);
        } else if (task.get() == LabelTask.PAIRS) {
            groups.add(Group.PAIRS);
        }
        return groups;
    }
}
