package preflab.app.compare;

import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.projects.compare.RunRow;

/**
 * Tags and a note of a line of the table. What is being typed stays while a run under way is read again, and is kept when
 * another line is selected.
 */
final class MarksCard extends VBox {

    private static final int NOTE_ROWS = 3;

    private final RunNotes notes;
    private final Label title = Nodes.label("", "card-title");
    private final TextField tags = new TextField();
    private final TextArea note = new TextArea();
    private final BooleanProperty edited = new SimpleBooleanProperty();
    private RunRow row;
    private String shownTags = "";
    private String shownNote = "";

    MarksCard(RunNotes notes) {
        super(8);
        this.notes = notes;
        getStyleClass().add("card");
        tags.setId("compare-tags");
        tags.setPromptText("Tags, separated by commas");
        tags.setAccessibleText("Tags, separated by commas");
        tags.setOnAction(e -> keep());
        note.setId("compare-note-text");
        note.setAccessibleText("Note");
        note.setWrapText(true);
        note.setPrefRowCount(NOTE_ROWS);
        edited.bind(Bindings.createBooleanBinding(
                () -> !tags.getText().equals(shownTags) || !note.getText().equals(shownNote), tags.textProperty(),
                note.textProperty()));
        Button keep = Nodes.button("Save", Feather.CHECK, this::keep);
        keep.setId("compare-keep");
        keep.disableProperty().bind(edited.not());
        getChildren().addAll(title, tags, note, keep);
    }

    /** Shows what was said of this line, unless something else is being typed about it. */
    void show(RunRow now) {
        if (!isOf(now)) {
            leave();
        }
        boolean typing = edited.get() && isOf(now);
        row = now;
        int runs = now.runs().size();
        title.setText(runs > 1 ? "Tags and note of all " + Words.count(runs, "run") : "Tags and note");
        note.setPromptText(now.hasSeveralNotes()
                ? "These runs have notes of their own; what you write here takes their place"
                : "What you want to remember of it");
        if (!typing) {
            fill(String.join(", ", now.mark().tags()), now.mark().note());
        }
    }

    private void fill(String newTags, String newNote) {
        shownTags = newTags;
        shownNote = newNote;
        tags.setText(newTags + " "); // whatever it was, the text is new: what is edited is found anew
        tags.setText(newTags);
        note.setText(newNote);
    }

    /** Whether it shows this line, which may have been read again since. */
    boolean isOf(RunRow other) {
        return row != null && row.numbers().equals(other.numbers());
    }

    /** Keeps what was typed and not saved yet: nobody looks at this line any more. */
    void leave() {
        keep();
        row = null;
    }

    private void keep() {
        if (row != null && edited.get()) {
            notes.describe(row, tags.getText(), note.getText());
            fill(String.join(", ", RunNotes.words(tags.getText())), note.getText().strip());
        }
    }
}
