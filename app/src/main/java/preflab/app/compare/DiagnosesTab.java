package preflab.app.compare;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.projects.compare.Comparison;
import preflab.projects.diagnose.Finding;

/** What is wrong with the picked runs, in words: each finding with its evidence, its charts and what to try. */
final class DiagnosesTab extends StackPane {

    private static final double CHIPS = 64;
    /** More charts than these tell nothing new. */
    private static final int LINKS = 3;

    private final CompareController controller;
    private final VBox body = new VBox(12);

    DiagnosesTab(CompareController controller) {
        this.controller = controller;
        body.setId("compare-diagnoses");
        body.setPadding(new Insets(12));
        ScrollPane scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        EmptyState empty = new EmptyState(Feather.CHECK_CIRCLE, "Nothing found",
                "No picked run shows displacement, over-optimisation, runaway, collapse, drift of lengths, clipping,"
                        + " saturation, rows without signal or a term that drowns the others in what it logged.");
        getChildren().addAll(scroll, empty);
        controller.model().comparisonProperty().subscribe(comparison -> {
            List<Node> nodes = comparison == null ? List.of() : nodes(comparison);
            body.getChildren().setAll(nodes);
            scroll.setVisible(!nodes.isEmpty());
            empty.setVisible(nodes.isEmpty() && comparison != null);
        });
    }

    private List<Node> nodes(Comparison comparison) {
        List<Node> nodes = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (int i = 0; i < comparison.runs().size(); i++) {
            List<Finding> findings = comparison.diagnoses().get(i).findings();
            String name = comparison.names().get(i);
            if (findings.isEmpty()) {
                without.add(name);
            } else {
                VBox card = Nodes.card(name);
                card.setSpacing(14);
                findings.forEach(finding -> card.getChildren().add(node(finding)));
                nodes.add(card);
            }
        }
        if (!nodes.isEmpty() && !without.isEmpty()) {
            nodes.add(Nodes.wrapped("Nothing found in " + String.join(", ", without) + ".", "muted", "small"));
        }
        return nodes;
    }

    private Node node(Finding finding) {
        boolean warning = finding.level() == Finding.Level.WARNING;
        VBox texts = new VBox(3, Nodes.wrapped(finding.title(), "strong"), Nodes.wrapped(finding.evidence(), "small"),
                Nodes.wrapped("Try: " + finding.advice(), "muted", "small"));
        if (!finding.metrics().isEmpty()) {
            texts.getChildren().add(charts(finding.metrics()));
        }
        HBox.setHgrow(texts, Priority.ALWAYS);
        StackPane level = new StackPane(Nodes.chip(warning ? "warning" : "note", warning ? "warn" : ""));
        level.setAlignment(Pos.TOP_LEFT);
        level.setMinWidth(CHIPS);
        HBox row = Nodes.row(10, level, texts);
        row.setAlignment(Pos.TOP_LEFT);
        row.setId("compare-finding-" + finding.id());
        return row;
    }

    /** To the charts in which it is seen. */
    private Node charts(List<String> metrics) {
        FlowPane links = new FlowPane(4, 2);
        links.setPadding(new Insets(2, 0, 0, 0));
        metrics.stream().limit(LINKS).forEach(metric -> {
            Button link = Nodes.button(metric, Feather.TRENDING_UP,
                    () -> controller.charts().model().enlargedProperty().set(metric));
            link.getStyleClass().addAll("small-toggle", "flat");
            link.setTooltip(new Tooltip("Show the chart of " + metric));
            links.getChildren().add(link);
        });
        return links;
    }
}
