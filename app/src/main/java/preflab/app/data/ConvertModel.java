package preflab.app.data;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import preflab.datasets.store.Split;

/** A version about to be made from the selected one. */
final class ConvertModel {

    private final ObservableList<Recipe> recipes = FXCollections.observableArrayList();
    private final ObjectProperty<Recipe> recipe = new SimpleObjectProperty<>();
    private final ObservableMap<String, String> values = FXCollections.observableHashMap();
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty result = new SimpleStringProperty("");
    private final StringProperty problem = new SimpleStringProperty("");
    private final StringProperty remark = new SimpleStringProperty("");
    private final BooleanProperty making = new SimpleBooleanProperty();
    private final StringProperty validation = new SimpleStringProperty("10");
    private final StringProperty test = new SimpleStringProperty("10");
    private final StringProperty seed = new SimpleStringProperty("1");
    private final ObjectProperty<Split> split = new SimpleObjectProperty<>();
    private final StringProperty splitProblem = new SimpleStringProperty("");

    /** Conversions that read the selected version. */
    ObservableList<Recipe> recipes() {
        return recipes;
    }

    /** The one chosen; null for none. */
    ObjectProperty<Recipe> recipeProperty() {
        return recipe;
    }

    /** What was answered, by the settings' ids. */
    ObservableMap<String, String> values() {
        return values;
    }

    /** Of the dataset the result becomes a version of. */
    StringProperty nameProperty() {
        return name;
    }

    /** What would come of it, in words. */
    StringProperty resultProperty() {
        return result;
    }

    /** Why nothing can come of it; empty if it can. */
    StringProperty problemProperty() {
        return problem;
    }

    /** What was made last. */
    StringProperty remarkProperty() {
        return remark;
    }

    BooleanProperty makingProperty() {
        return making;
    }

    /** Per cent of the rows, as typed. */
    StringProperty validationProperty() {
        return validation;
    }

    /** Per cent of the rows, as typed. */
    StringProperty testProperty() {
        return test;
    }

    StringProperty seedProperty() {
        return seed;
    }

    /** The parts; null until they have been worked out. */
    ObjectProperty<Split> splitProperty() {
        return split;
    }

    /** Why there is no split; empty if there is. */
    StringProperty splitProblemProperty() {
        return splitProblem;
    }
}
