package preflab.app.data;

import java.util.Locale;
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
import preflab.datasets.check.DatasetCheck;
import preflab.datasets.store.DatasetInfo;
import preflab.engine.batch.Truncation;

/** What is looked for in the selected version, and what was found. */
final class ChecksModel {

    private final ObservableList<String> models = FXCollections.observableArrayList();
    private final StringProperty tokenizer = new SimpleStringProperty("");
    private final IntegerProperty maxLength = new SimpleIntegerProperty(512);
    private final ObjectProperty<DatasetInfo> heldOut = new SimpleObjectProperty<>();
    private final ObjectProperty<DatasetCheck> check = new SimpleObjectProperty<>();
    private final BooleanProperty running = new SimpleBooleanProperty();
    private final DoubleProperty progress = new SimpleDoubleProperty(-1);
    private final StringProperty words = new SimpleStringProperty("");
    private final IntegerProperty maxCompletionLength = new SimpleIntegerProperty(0);
    private final StringProperty promptTruncation = new SimpleStringProperty("keep");
    private final StringProperty completionTruncation = new SimpleStringProperty("cut_right");
    private final ObjectProperty<TokenizedRow> tokens = new SimpleObjectProperty<>();
    private final StringProperty tokensProblem = new SimpleStringProperty("");

    /** Names of models whose tokenizers can count. */
    ObservableList<String> models() {
        return models;
    }

    /** The model whose tokenizer counts; empty for none. */
    StringProperty tokenizerProperty() {
        return tokenizer;
    }

    /** Tokens of prompt and answer together, ≥ 2. */
    IntegerProperty maxLengthProperty() {
        return maxLength;
    }

    /** A version that must not share prompts with the selected one; null for none. */
    ObjectProperty<DatasetInfo> heldOutProperty() {
        return heldOut;
    }

    /** Null until the selected version has been checked. */
    ObjectProperty<DatasetCheck> checkProperty() {
        return check;
    }

    BooleanProperty runningProperty() {
        return running;
    }

    /** In [0, 1]; negative where unknown. */
    DoubleProperty progressProperty() {
        return progress;
    }

    StringProperty wordsProperty() {
        return words;
    }

    /** What an answer of a row that is too long keeps before its prompt gives way; 0 for none. */
    IntegerProperty maxCompletionLengthProperty() {
        return maxCompletionLength;
    }

    /** What becomes of prompts that are too long, as {@code data.prompt_truncation} spells it. */
    StringProperty promptTruncationProperty() {
        return promptTruncation;
    }

    /** What becomes of answers that are too long, as {@code data.completion_truncation} spells it. */
    StringProperty completionTruncationProperty() {
        return completionTruncation;
    }

    /** How the chosen row is cut, for a tokenizer that begins texts with {@code bosId}. */
    Truncation truncation(int bosId) {
        return new Truncation(maxLength.get(), maxCompletionLength.get(), mode(promptTruncation),
                mode(completionTruncation), bosId);
    }

    private static Truncation.Mode mode(StringProperty name) {
        return Truncation.Mode.valueOf(name.get().toUpperCase(Locale.ROOT));
    }

    /** The chosen row as tokens; null without a row or a tokenizer. */
    ObjectProperty<TokenizedRow> tokensProperty() {
        return tokens;
    }

    /** Why the chosen row cannot be shown as tokens; empty if it can. */
    StringProperty tokensProblemProperty() {
        return tokensProblem;
    }
}
