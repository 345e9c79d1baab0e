package preflab.app.label;

import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;
import preflab.datasets.example.StepLabel;

/** A whole answer, to be accepted or rejected. */
final class AnswerPane extends VBox {

    private final ContentBlock answer = new ContentBlock("text-block");
    private final ChoiceButton accept;
    private final ChoiceButton reject;
    private final Label said = Nodes.label("", "muted", "small");

    AnswerPane(LabelController controller) {
        super(10);
        accept = new ChoiceButton("label-accept", "accept", Feather.CHECK, "good",
                () -> controller.act(LabelAction.ACCEPT));
        reject = new ChoiceButton("label-reject", "reject", Feather.X, "bad", () -> controller.act(LabelAction.REJECT));
        var buttons = Nodes.row(8, accept, reject, said);
        buttons.setPadding(new Insets(2, 0, 0, 0));
        getChildren().addAll(Nodes.label("ANSWER", "section-title"), answer, buttons);
    }

    void show(Page.Answer body) {
        answer.show(body.completion());
        accept.setSelected(body.mine() && body.accepted().equals(Optional.of(true)));
        reject.setSelected(body.mine() && body.accepted().equals(Optional.of(false)));
        String data = body.mine() ? "" : body.accepted().map(yes -> "in the data: " + word(yes)).orElse("");
        String model = body.suggestion()
                .map(s -> "suggested: " + Verdicts.suggested(word(s.label() == StepLabel.GOOD), s))
                .orElse("");
        said.setText(data.isEmpty() || model.isEmpty() ? data + model : data + " · " + model);
    }

    private static String word(boolean accepted) {
        return accepted ? "accepted" : "rejected";
    }
}
