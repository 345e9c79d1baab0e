package preflab.app.compare;

import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.projects.diagnose.Finding;

/** What a run's loss and others do at displaced rows: two figures each, what they mean below, what they do not at last. */
final class RemedyTable extends GridPane {

    private static final int COLUMNS = 3;

    RemedyTable(List<Finding.Remedy> remedies) {
        setHgap(14);
        setVgap(1);
        setPadding(new Insets(6, 0, 6, 0));
        ColumnConstraints loss = new ColumnConstraints();
        loss.setHgrow(Priority.ALWAYS);
        getColumnConstraints().setAll(loss, figures(), figures());
        addRow(0, Nodes.label("next step with", "muted", "small"), Nodes.label("chosen up", "muted", "small"),
                Nodes.label("rejected down", "muted", "small"));
        int row = 1;
        for (Finding.Remedy remedy : remedies) {
            addRow(row++, Nodes.label(remedy.loss(), "small", "strong"), figure(remedy.up()), figure(remedy.down()));
            Label effect = Nodes.wrapped(remedy.effect(), "muted", "small");
            effect.setPadding(new Insets(0, 0, 4, 0));
            add(effect, 0, row++, COLUMNS, 1);
        }
        add(Nodes.wrapped(Finding.SCOPE, "muted", "small"), 0, row, COLUMNS, 1);
    }

    private static ColumnConstraints figures() {
        ColumnConstraints column = new ColumnConstraints();
        column.setHalignment(HPos.RIGHT);
        column.setMinWidth(USE_PREF_SIZE);
        return column;
    }

    private static Label figure(double value) {
        Label label = Nodes.label(Words.number(value), "small");
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }
}
