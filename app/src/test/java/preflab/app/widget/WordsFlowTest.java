package preflab.app.widget;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;
import preflab.app.shell.Theme;
import preflab.app.ui.Ui;

/** Texts from right to left are wrapped where words end; a wrapped label throws on the same words. */
class WordsFlowTest {

    private static final String ARABIC = "نجمع العددين الأولين أولا ثم نكتب مجموع العددين الأولين.";
    private static final double WIDTH = 270;

    private final Ui ui = Ui.get();

    private WordsFlow show(String words) {
        VBox box = ui.show(Theme.LIGHT, 400, 300, () -> {
            WordsFlow flow = new WordsFlow(words);
            flow.setMaxWidth(WIDTH);
            return new VBox(flow);
        });
        return (WordsFlow) box.getChildren().getFirst();
    }

    @Test
    void wordsFromRightToLeftStayWithinTheirWidth() {
        WordsFlow flow = show(ARABIC);
        assertThat(flow.getChildren()).hasSize(9);
        assertThat(flow.getHeight()).as("two lines").isGreaterThan(30);
        assertThat(flow.getChildren()).allSatisfy(word -> {
            assertThat(word.getBoundsInParent().getMinX()).isGreaterThanOrEqualTo(-1);
            assertThat(word.getBoundsInParent().getMaxX()).isLessThanOrEqualTo(WIDTH + 8); // a space may hang over
        });
    }

    @Test
    void wordsFromLeftToRightAreOneNode() {
        assertThat(show("12+35=47\n47+8=55").getChildren()).hasSize(1);
        assertThat(WordsFlow.readable("47+8=55", "mono")).isInstanceOf(Label.class);
        assertThat(WordsFlow.readable(ARABIC, "mono")).isInstanceOf(WordsFlow.class);
    }
}
