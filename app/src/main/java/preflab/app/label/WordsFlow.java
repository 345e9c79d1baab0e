package preflab.app.label;

import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** Words on as many lines as they need, from the side their language starts at. */
final class WordsFlow extends TextFlow {

    private final Text text = new Text();

    WordsFlow(String words) {
        text.getStyleClass().addAll("step-text", "text");
        getStyleClass().add("words-flow");
        getChildren().add(text);
        setMinWidth(0);
        show(words);
    }

    void show(String words) {
        text.setText(words);
        TextSide.apply(this, words);
    }
}
