package preflab.app.models;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What the screen of models shows. */
public final class ModelsModel {

    private final ObservableList<ModelEntry> models = FXCollections.observableArrayList();
    private final ObjectProperty<ModelEntry> selected = new SimpleObjectProperty<>();
    private final ObjectProperty<ModelEntry> other = new SimpleObjectProperty<>();
    private final StringProperty prompt = new SimpleStringProperty("12+35+8=");
    private final StringProperty completion = new SimpleStringProperty("");
    private final StringProperty maxTokens = new SimpleStringProperty("64");
    private final StringProperty temperature = new SimpleStringProperty("0");
    private final StringProperty seed = new SimpleStringProperty("1");
    private final StringProperty stop = new SimpleStringProperty("");
    private final BooleanProperty chat = new SimpleBooleanProperty();
    private final StringProperty problem = new SimpleStringProperty("");
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final ObjectProperty<Scored> answer = new SimpleObjectProperty<>();
    private final ObjectProperty<Scored> otherAnswer = new SimpleObjectProperty<>();

    /** Built-in ones, checkpoints of runs, added folders. */
    public ObservableList<ModelEntry> models() {
        return models;
    }

    /** The one whose facts are shown and that is asked; null for none. */
    public ObjectProperty<ModelEntry> selectedProperty() {
        return selected;
    }

    /** The one asked beside it; null for none. */
    public ObjectProperty<ModelEntry> otherProperty() {
        return other;
    }

    public StringProperty promptProperty() {
        return prompt;
    }

    /** A completion to score; empty: the models answer by themselves. */
    public StringProperty completionProperty() {
        return completion;
    }

    public StringProperty maxTokensProperty() {
        return maxTokens;
    }

    public StringProperty temperatureProperty() {
        return temperature;
    }

    public StringProperty seedProperty() {
        return seed;
    }

    /** Ends an answer where it comes up; empty for none. */
    public StringProperty stopProperty() {
        return stop;
    }

    /** Whether the prompt is a user's turn. */
    public BooleanProperty chatProperty() {
        return chat;
    }

    /** What is wrong with the question; empty if nothing is. */
    public StringProperty problemProperty() {
        return problem;
    }

    /** Whether models are being asked. */
    public BooleanProperty busyProperty() {
        return busy;
    }

    ObjectProperty<Scored> answerProperty() {
        return answer;
    }

    ObjectProperty<Scored> otherAnswerProperty() {
        return otherAnswer;
    }
}
