package preflab.app.label;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.javafx.FontIcon;
import preflab.app.widget.Nodes;
import preflab.datasets.example.StepLabel;
import preflab.datasets.label.Suggestion;

/** A verdict as shape, sign, colour and word: good is a disc, bad a square, neutral a diamond, unmarked a ring. */
final class VerdictMark extends HBox {

    private static final double WIDTH = 104;

    private final StackPane shape = new StackPane();
    private final FontIcon sign = new FontIcon();
    private final Label word = Nodes.label("", "verdict-word");

    VerdictMark() {
        super(7);
        setAlignment(Pos.CENTER_LEFT);
        setMaxHeight(USE_PREF_SIZE);
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        shape.getStyleClass().add("verdict-shape");
        shape.getChildren().add(sign);
        word.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(shape, word);
    }

    /** A verdict that stands; one from the data is drawn in outline, one's own filled. */
    void show(StepLabel verdict, boolean mine) {
        set(verdict, mine || verdict == StepLabel.UNMARKED ? "" : "given", Verdicts.word(verdict));
    }

    /** What a model would say, which nobody has said yet. */
    void suggest(Suggestion suggestion) {
        set(suggestion.label(), "suggested", Verdicts.suggested(Verdicts.spoken(suggestion.label()), suggestion));
    }

    private void set(StepLabel verdict, String manner, String text) {
        getStyleClass().setAll("verdict", Verdicts.style(verdict));
        if (!manner.isEmpty()) {
            getStyleClass().add(manner);
        }
        sign.setIconCode(Verdicts.sign(verdict));
        word.setText(text);
    }
}
