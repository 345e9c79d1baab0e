package preflab.app.home;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What Home shows. */
public final class HomeModel {

    private final ObservableList<RecentProject> recent = FXCollections.observableArrayList();
    private final StringProperty openProject = new SimpleStringProperty("");
    private final StringProperty openSummary = new SimpleStringProperty("");
    private final StringProperty nextScreen = new SimpleStringProperty("data");
    private final BooleanProperty opening = new SimpleBooleanProperty();
    private final ObjectProperty<Health> health = new SimpleObjectProperty<>();
    private final BooleanProperty probing = new SimpleBooleanProperty();
    private final StringProperty healthProblem = new SimpleStringProperty("");

    /** Newest first. */
    public ObservableList<RecentProject> recent() {
        return recent;
    }

    /** Name of the open project; empty where none is. */
    public StringProperty openProjectProperty() {
        return openProject;
    }

    /** What the open project holds, in words. */
    public StringProperty openSummaryProperty() {
        return openSummary;
    }

    /** The screen where the open project's work goes on: {@code data}, {@code train} or {@code compare}. */
    public StringProperty nextScreenProperty() {
        return nextScreen;
    }

    /** Whether a project is being opened or made. */
    public BooleanProperty openingProperty() {
        return opening;
    }

    /** What the self-test found; null until it has. */
    public ObjectProperty<Health> healthProperty() {
        return health;
    }

    public BooleanProperty probingProperty() {
        return probing;
    }

    /** Why the self-test could not be run; empty if it could. */
    public StringProperty healthProblemProperty() {
        return healthProblem;
    }
}
