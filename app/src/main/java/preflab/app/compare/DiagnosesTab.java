package preflab.app.compare;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.projects.compare.Comparison;
import preflab.projects.diagnose.Finding;

/** What is wrong with the picked runs, in words: each finding with its evidence and what to try. */
final class DiagnosesTab extends StackPane {

    private static final double CHIPS = 64;

    private final VBox body = new VBox(12);

    DiagnosesTab(CompareModel model) {
        body.setId("compare-diagnoses");
        body.setPadding(new Insets(12));
        ScrollPane scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        EmptyState empty = new EmptyState(Feather.CHECK_CIRCLE, "Nothing found",
                "No picked run shows displacement, over-optimisation, runaway, collapse, drift of lengths, clipping,"
                        + " saturation or batches without signal in what it logged.");
        getChildren().addAll(scroll, empty);
        model.comparisonProperty().subscribe(comparison -> {
            List<Node> nodes = nodes(comparison);
            body.getChildren().setAll(nodes);
            scroll.setVisible(!nodes.isEmpty());
            empty.setVisible(nodes.isEmpty() && comparison != null);
        });
    }

    private static List<Node> nodes(Comparison comparison) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; comparison != null && i < comparison.runs().size(); i++) {
            List<Finding> findings = comparison.diagnoses().get(i).findings();
            if (!findings.isEmpty()) {
                VBox card = Nodes.card(comparison.names().get(i));
                findings.forEach(finding -> card.getChildren().add(node(finding)));
                nodes.add(card);
            }
        }
        return nodes;
    }

    private static Node node(Finding finding) {
        boolean warning = finding.level() == Finding.Level.WARNING;
        VBox texts = new VBox(3, Nodes.wrapped(finding.title(), "strong"), Nodes.wrapped(finding.evidence(), "small"),
                Nodes.wrapped("Try: " + finding.advice(), "muted", "small"));
        StackPane level = new StackPane(Nodes.chip(warning ? "warning" : "note", warning ? "warn" : ""));
        level.setAlignment(Pos.TOP_LEFT);
        level.setMinWidth(CHIPS);
        HBox row = Nodes.row(10, level, texts);
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }
}
