package preflab.app.compare;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.RunStates;
import preflab.datasets.example.DatasetVersionId;
import preflab.projects.compare.RunDetails;
import preflab.projects.compare.RunRow;

/** The run under the keyboard: tags and a note, where it comes from and what came of it. */
final class RunTab extends StackPane {

    private static final double NAMES = 150;

    private final CompareModel model;
    private final CompareController controller;
    private final VBox body = new VBox(14);
    private final MarksCard marks;

    RunTab(CompareController controller) {
        this.controller = controller;
        this.model = controller.model();
        this.marks = new MarksCard(controller.notes());
        body.setId("compare-run");
        body.setPadding(new Insets(12));
        ScrollPane scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        EmptyState empty = new EmptyState(Feather.MOUSE_POINTER, "No line is selected",
                "Click a run in the table, or several with Shift or Ctrl: tags, notes, data, machine and"
                        + " descendants appear here.");
        Nodes.showWhen(empty, Bindings.isNull(model.detailsProperty()));
        Nodes.showWhen(scroll, Bindings.isNotNull(model.detailsProperty()));
        getChildren().addAll(scroll, empty);
        model.selectedProperty().subscribe((before, now) -> {
            if (now == null || !marks.isOf(now)) {
                marks.leave();
            }
        });
        model.detailsProperty().subscribe(this::show);
        model.outdatedProperty().subscribe((before, now) -> show(model.detailsProperty().get()));
    }

    private void show(RunDetails details) {
        RunRow row = model.selectedProperty().get();
        if (details == null || row == null) {
            marks.leave();
            body.getChildren().clear();
            return;
        }
        marks.show(row);
        body.getChildren().setAll(head(details, row), marks, Nodes.card("Lineage", facts(details.lineage())),
                Nodes.card("Provenance", facts(details.provenance())));
    }

    private Node head(RunDetails details, RunRow row) {
        int run = details.run().id();
        Label state = Nodes.chip("", "");
        RunStates.show(state, details.run().state());
        Button again = Nodes.button("Train again…", Feather.REPEAT, () -> controller.duplicate(run));
        again.setId("compare-duplicate");
        again.setDisable(!details.run().hasRunFile());
        Button copy = Nodes.button("Copy settings", Feather.COPY, () -> controller.exports().copySettings(run));
        copy.setId("compare-copy-spec");
        Button away = row.isArchived()
                ? Nodes.button("Take back", Feather.ROTATE_CCW, () -> controller.notes().archive(row.numbers(), false))
                : Nodes.button("Archive", Feather.ARCHIVE, () -> controller.notes().archive(row.numbers(), true));
        away.setId("compare-archive");
        String title = row.isGroup()
                ? row.name() + " · newest of " + row.runs().size() + ": run " + run
                : "Run " + run + " · " + row.name();
        Button labels = Nodes.button("Labels of its data", Feather.EDIT_3, () -> controller.showLabels(run));
        labels.setId("compare-labels");
        labels.setDisable(!details.run().hasRunFile());
        FlowPane buttons = new FlowPane(8, 8, again, labels, copy, export(row), away);
        VBox head = new VBox(8, Nodes.row(8, Nodes.wrapped(title, "strong"), state), buttons);
        DatasetVersionId newer = model.outdatedProperty().get().get(run);
        if (newer != null) {
            head.getChildren().add(1, Nodes.notice("warn", Feather.ALERT_TRIANGLE,
                    Nodes.wrapped(RunMarks.outdated(newer) + ".")));
        }
        return head;
    }

    private MenuButton export(RunRow row) {
        int run = row.runs().getFirst().id();
        MenuItem csv = new MenuItem("Metrics as CSV…");
        csv.setId("compare-export-csv");
        csv.setOnAction(e -> controller.exports().csv(run));
        MenuItem json = new MenuItem("Settings and metrics as JSON…");
        json.setId("compare-export-json");
        json.setOnAction(e -> controller.exports().json(run));
        MenuItem board = new MenuItem("TensorBoard" + (row.isGroup() ? ", all " + row.runs().size() + " runs…" : "…"));
        board.setId("compare-export-tensorboard");
        board.setOnAction(e -> controller.exports().tensorBoard(row.numbers()));
        MenuButton export = new MenuButton("Export", new FontIcon(Feather.UPLOAD), csv, json, board);
        export.setId("compare-export");
        return export;
    }

    private static Node facts(List<RunDetails.Fact> facts) {
        GridPane grid = new GridPane(12, 5);
        for (int i = 0; i < facts.size(); i++) {
            Label name = Nodes.wrapped(facts.get(i).name(), "muted");
            name.setPrefWidth(NAMES);
            name.setMinWidth(NAMES);
            Label value = Nodes.wrapped(facts.get(i).value());
            GridPane.setHgrow(value, Priority.ALWAYS);
            grid.addRow(i, name, value);
        }
        return grid;
    }
}
