package preflab.app.label;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;
import preflab.datasets.label.Choice;

/** Two answers side by side; which of them the data calls chosen is not to be seen. */
final class PairPane extends VBox {

    private final ContentBlock left = new ContentBlock("text-block");
    private final ContentBlock right = new ContentBlock("text-block");
    private final VBox leftBox = side("A", left);
    private final VBox rightBox = side("B", right);
    private final Label said = Nodes.label("", "muted", "small");
    private final ChoiceButton a;
    private final ChoiceButton b;
    private final ChoiceButton tie;

    PairPane(LabelController controller) {
        super(10);
        a = new ChoiceButton("label-a", "A is better", Feather.ARROW_LEFT, "good",
                () -> controller.act(LabelAction.CHOOSE_A));
        b = new ChoiceButton("label-b", "B is better", Feather.ARROW_RIGHT, "good",
                () -> controller.act(LabelAction.CHOOSE_B));
        tie = new ChoiceButton("label-tie", "tie", Feather.MINUS, "neutral", () -> controller.act(LabelAction.TIE));
        GridPane sides = new GridPane(12, 0);
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        half.setHgrow(Priority.ALWAYS);
        sides.getColumnConstraints().addAll(half, half);
        sides.add(leftBox, 0, 0);
        sides.add(rightBox, 1, 0);
        HBox buttons = Nodes.row(8, a, tie, b, said);
        buttons.setAlignment(Pos.CENTER);
        getChildren().addAll(sides, buttons);
    }

    private static VBox side(String letter, ContentBlock text) {
        VBox box = new VBox(6, Nodes.label(letter, "pair-letter"), text);
        VBox.setVgrow(text, Priority.ALWAYS);
        box.getStyleClass().add("pair-side");
        return box;
    }

    void show(Page.Pair body) {
        left.show(body.a());
        right.show(body.b());
        a.setSelected(body.better().equals(Optional.of(Choice.FIRST)));
        b.setSelected(body.better().equals(Optional.of(Choice.SECOND)));
        said.setText(
                body.suggestion().map(side -> "suggested: " + (side == Choice.FIRST ? "A" : "B") + "?").orElse(""));
        tie.setSelected(body.better().equals(Optional.of(Choice.TIE)));
        leftBox.pseudoClassStateChanged(StepsPane.HERE, a.isSelected());
        rightBox.pseudoClassStateChanged(StepsPane.HERE, b.isSelected());
    }
}
