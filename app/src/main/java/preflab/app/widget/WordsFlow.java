package preflab.app.widget;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/**
 * Words on as many lines as they need, from the side their language starts at. For texts that a person reads: a wrapped
 * label cannot show Arabic or Hebrew.
 */
public final class WordsFlow extends TextFlow {

    private static final Pattern AFTER_SPACE = Pattern.compile("(?<=\\s)(?=\\S)");

    private String shown = "";

    public WordsFlow(String words) {
        getStyleClass().add("words-flow");
        setMinWidth(0);
        show(words);
    }

    /** A label of several lines where all runs from left to right, else a flow; both in these styles. */
    public static Region readable(String words, String... styles) {
        if (TextSide.isOneWay(words)) {
            return Nodes.wrapped(words, styles);
        }
        WordsFlow flow = new WordsFlow(words);
        flow.getStyleClass().addAll(styles);
        return flow;
    }

    /** Shows other words; cheap where they are the same. */
    public void show(String words) {
        if (!words.equals(shown)) {
            shown = words;
            if (TextSide.isOneWay(words) && getChildren().size() == 1
                    && getChildren().getFirst() instanceof Text text) {
                text.setText(words);
            } else {
                getChildren().setAll(nodes(words));
            }
            TextSide.apply(this, words);
        }
    }

    // decision: JavaFX 26 (PrismTextLayout) breaks a right-to-left run in the wrong place or throws when it has to wrap
    // it; a node for each word keeps runs shorter than a line. The paragraph's directions are found over all of them.
    /** The nodes that show a text: one, or one a word where some of it runs from right to left. */
    public static List<Node> nodes(String words) {
        return TextSide.isOneWay(words)
                ? List.of(text(words))
                : Arrays.stream(AFTER_SPACE.split(words, -1)).<Node>map(WordsFlow::text).toList();
    }

    private static Text text(String words) {
        Text text = new Text(words);
        text.getStyleClass().addAll("step-text", "text");
        return text;
    }
}
