package preflab.app.compare;

import java.util.List;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import preflab.app.widget.Nodes;
import preflab.app.widget.TextSide;
import preflab.app.widget.Words;
import preflab.projects.score.StepValue;

/** What a run thinks of each step of an answer: only the columns it can fill. */
final class StepValues extends GridPane {

    StepValues(String answer, List<StepValue> steps) {
        setHgap(10);
        setVgap(2);
        boolean rewards = steps.stream().anyMatch(step -> Double.isFinite(step.reward()));
        boolean values = steps.stream().anyMatch(step -> Double.isFinite(step.value()));
        boolean posteriors = steps.stream().anyMatch(step -> Double.isFinite(step.posterior()));
        ColumnConstraints text = new ColumnConstraints();
        text.setHgrow(Priority.ALWAYS);
        text.setMinWidth(40);
        getColumnConstraints().add(text);
        add(Nodes.label("step", "muted", "small"), 0, 0);
        int column = 1;
        column = heading("log-prob", column);
        column = rewards ? heading("reward", column) : column;
        column = values ? heading("value", column) : column;
        if (posteriors) {
            var _ = heading("posterior", column);
        }
        for (int i = 0; i < steps.size(); i++) {
            StepValue step = steps.get(i);
            Label words = Nodes.ellipsized("small");
            words.setText((step.step() + 1) + "  " + answer.substring(step.from(), step.to()).strip());
            TextSide.apply(words, words.getText());
            add(words, 0, i + 1);
            int at = 1;
            at = number(Words.share(step.logProb()), at, i + 1);
            at = rewards ? number(Words.share(step.reward()), at, i + 1) : at;
            at = values ? number(Words.share(step.value()), at, i + 1) : at;
            if (posteriors) {
                var _ = number(Words.share(step.posterior()), at, i + 1);
            }
        }
    }

    private int heading(String name, int column) {
        ColumnConstraints constraints = new ColumnConstraints();
        constraints.setHalignment(HPos.RIGHT);
        constraints.setMinWidth(USE_PREF_SIZE);
        getColumnConstraints().add(constraints);
        add(Nodes.label(name, "muted", "small"), column, 0);
        return column + 1;
    }

    private int number(String text, int column, int row) {
        Label label = Nodes.label(text, "small");
        label.setMinWidth(USE_PREF_SIZE);
        add(label, column, row);
        return column + 1;
    }
}
