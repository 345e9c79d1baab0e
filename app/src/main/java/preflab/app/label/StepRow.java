package preflab.app.label;

import java.util.Optional;
import java.util.function.IntConsumer;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import preflab.app.widget.Nodes;
import preflab.app.widget.WordsFlow;
import preflab.datasets.example.StepLabel;

/** One step: its number, its text, its verdict and its value. Reused for the next example; a row is never rebuilt. */
final class StepRow extends HBox {

    private static final double NUMBER = 28;
    private static final double FIGURE = 58;
    /** Below this width of a row the words need the room of the bar; its figure stays. */
    private static final double ROOM_FOR_BARS = 720;
    /** Brings small signs to the height of the first line of words. */
    private static final double DOWN = 2;

    private final int index;
    private final Label number;
    private final WordsFlow text = new WordsFlow("");
    private final SplitCursor cursor = new SplitCursor();
    private final VerdictMark mark = new VerdictMark();
    private final Label after = Nodes.label("", "step-after");
    private final QBar bar = new QBar();
    private final Label figure = Nodes.label("", "mono");
    private StepLine shown;
    private boolean here;
    private boolean hasValues;

    StepRow(int index, IntConsumer clicked) {
        super(10);
        this.index = index;
        number = Nodes.label(String.valueOf(index + 1), "step-number");
        number.setMinWidth(NUMBER);
        number.setAlignment(Pos.TOP_RIGHT);
        bar.setTranslateY(DOWN);
        figure.setTranslateY(DOWN);
        figure.setMinWidth(FIGURE);
        after.setMinWidth(USE_PREF_SIZE);
        cursor.setVisible(false);
        cursor.setManaged(false);
        StackPane words = new StackPane(text, cursor);
        words.setAlignment(Pos.TOP_LEFT);
        words.setMinWidth(60);
        HBox.setHgrow(words, Priority.ALWAYS);
        getStyleClass().add("step-row");
        setAlignment(Pos.TOP_LEFT);
        setAccessibleRole(AccessibleRole.TEXT);
        getChildren().addAll(number, words, after, mark, bar, figure);
        setOnMouseClicked(e -> clicked.accept(index));
        widthProperty().subscribe(width -> Nodes.setShown(bar, hasValues && width.doubleValue() >= ROOM_FOR_BARS));
    }

    /**
     * Shows this step; cheap where nothing changed.
     *
     * @param flipped
     *            what the threshold that is being looked at would make of it, where that differs
     */
    void show(StepLine line, boolean isHere, double threshold, boolean values, Optional<StepLabel> flipped) {
        if (!line.equals(shown)) {
            shown = line;
            showLine(line);
        }
        if (isHere != here) {
            here = isHere;
            pseudoClassStateChanged(StepsPane.HERE, isHere);
        }
        bar.show(line.q(), threshold);
        after.setText(flipped.map(next -> "→ " + Verdicts.word(next)).orElseGet(() -> besideTheData(line)));
        Nodes.setShown(after, !after.getText().isEmpty());
        hasValues = values;
        Nodes.setShown(bar, values && getWidth() >= ROOM_FOR_BARS);
        Nodes.setShown(figure, values);
        setAccessibleText("step " + (index + 1) + ", " + Verdicts.spoken(line.verdict()) + ": " + line.text());
    }

    /** What a model says of a step that the data judges already. */
    private static String besideTheData(StepLine line) {
        return line.verdict() == StepLabel.UNMARKED
                ? ""
                : line.suggestion().map(s -> Verdicts.suggested(Verdicts.spoken(s.label()), s)).orElse("");
    }

    private void showLine(StepLine line) {
        String words = line.text().stripTrailing();
        text.show(words.isEmpty() ? "⏎" : words);
        figure.setText(QBar.words(line.q()));
        if (line.verdict() == StepLabel.UNMARKED && line.suggestion().isPresent()) {
            mark.suggest(line.suggestion().get());
        } else {
            mark.show(line.verdict(), line.mine());
        }
    }

    /** Shows a cursor in the text, or takes it away where {@code offset} is negative. */
    void splitAt(int offset, IntConsumer moved) {
        boolean splitting = offset >= 0;
        if (splitting) {
            cursor.show(shown.text(), offset, moved);
        }
        Nodes.setShown(cursor, splitting);
        Nodes.setShown(text, !splitting);
    }

    /** Whether a cursor is in the text. */
    boolean isSplitting() {
        return cursor.isVisible();
    }
}
