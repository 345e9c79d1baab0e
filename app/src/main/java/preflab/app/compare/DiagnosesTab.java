package preflab.app.compare;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
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
import preflab.datasets.example.DatasetVersionId;
import preflab.projects.compare.Comparison;
import preflab.projects.diagnose.Finding;
import preflab.projects.diagnose.RunDiagnosis;
import preflab.projects.store.RunSummary;

/** What is wrong with the picked runs, in words: each finding with its evidence, its charts, its rows, what to try. */
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
            RunDiagnosis diagnosis = comparison.diagnoses().get(i);
            String name = comparison.names().get(i);
            boolean silent = diagnosis.findings().isEmpty() && diagnosis.unseen().isEmpty();
            if (silent && diagnosis.rows() != RunDiagnosis.Rows.UNREAD) {
                without.add(name);
            } else {
                nodes.add(card(name, comparison.runs().get(i), diagnosis));
            }
        }
        if (!nodes.isEmpty() && !without.isEmpty()) {
            nodes.add(Nodes.wrapped("Nothing found in " + String.join(", ", without) + ".", "muted", "small"));
        }
        return nodes;
    }

    private Node card(String name, RunSummary run, RunDiagnosis diagnosis) {
        VBox card = Nodes.card(name);
        card.setSpacing(14);
        if (diagnosis.findings().isEmpty()) {
            card.getChildren().add(Nodes.wrapped(diagnosis.nothing(), "muted", "small"));
        }
        diagnosis.findings().forEach(finding -> card.getChildren().add(node(run.id(), run.dataset(), finding)));
        if (diagnosis.rows() == RunDiagnosis.Rows.UNREAD) {
            card.getChildren().add(rows(run.id()));
        }
        if (!diagnosis.findings().isEmpty() && run.hasRunFile()) {
            Button again = Nodes.button("Train again…", Feather.REPEAT, () -> controller.duplicate(run.id()));
            again.setId("compare-retry-" + run.id());
            again.setTooltip(new Tooltip("Takes its settings over into Train, where one can be changed to try it"));
            card.getChildren().add(again);
        }
        return card;
    }

    /** Asks for the rows, which takes two passes of models over some of them. */
    private Node rows(int run) {
        DiagnosisController rows = controller.diagnosis();
        Button read = Nodes.button("Look at its rows", Feather.LIST, () -> rows.read(run));
        read.setId("compare-rows-" + run);
        read.setTooltip(new Tooltip("Reads the first rows it was trained on with its last checkpoint and its reference:"
                + " which were displaced, at which tokens, and which labels the others contradict"));
        read.disableProperty().bind(rows.readingProperty().isNotEqualTo(0));
        Button cancel = Nodes.button("Cancel", Feather.X, rows::cancel);
        Nodes.showWhen(cancel, rows.readingProperty().isEqualTo(run));
        Label note = Nodes.wrapped("", "muted", "small");
        note.textProperty().bind(rows.noteProperty());
        HBox.setHgrow(note, Priority.ALWAYS);
        return Nodes.row(8, read, cancel, note);
    }

    private Node node(int run, DatasetVersionId trained, Finding finding) {
        boolean warning = finding.level() == Finding.Level.WARNING;
        VBox texts = new VBox(3, Nodes.wrapped(finding.title(), "strong"), Nodes.wrapped(finding.evidence(), "small"));
        if (!finding.metrics().isEmpty()) {
            texts.getChildren().add(charts(finding.metrics()));
        }
        finding.rows().forEach(row -> texts.getChildren().add(row(run, trained, row)));
        if (!finding.remedies().isEmpty()) {
            texts.getChildren().add(new RemedyTable(finding.remedies()));
        }
        texts.getChildren().add(Nodes.wrapped("What to try: " + finding.advice(), "small"));
        HBox.setHgrow(texts, Priority.ALWAYS);
        StackPane level = new StackPane(Nodes.chip(warning ? "warning" : "note", warning ? "warn" : ""));
        level.setAlignment(Pos.TOP_LEFT);
        level.setMinWidth(CHIPS);
        HBox row = Nodes.row(10, level, texts);
        row.setAlignment(Pos.TOP_LEFT);
        row.setId("compare-finding-" + finding.id());
        return row;
    }

    private Node row(int run, DatasetVersionId trained, Finding.SeenRow seen) {
        Button example = link("row " + (seen.row() + 1), Feather.MESSAGE_SQUARE,
                "Read it in Examples, token by token, as this run changed it from its reference",
                () -> controller.examples().open(trained, run, seen.row()));
        Button label = link("", Feather.EDIT_3, "Go to its label", () -> controller.showTrainedRow(run, seen.row()));
        label.setId("compare-label-" + run + "-" + seen.row());
        label.setAccessibleText("label of row " + (seen.row() + 1));
        Label words = Nodes.wrapped(seen.words(), "small");
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox row = Nodes.row(2, example, label, words);
        row.setAlignment(Pos.BASELINE_LEFT);
        return row;
    }

    /** To the charts in which it is seen. */
    private Node charts(List<String> metrics) {
        FlowPane links = new FlowPane(4, 2);
        links.setPadding(new Insets(2, 0, 0, 0));
        metrics.stream().limit(LINKS).forEach(metric -> links.getChildren().add(link(metric, Feather.TRENDING_UP,
                "Show the chart of " + metric,
                () -> controller.charts().model().enlargedProperty().set(metric))));
        return links;
    }

    private static Button link(String text, Feather icon, String tip, Runnable action) {
        Button link = Nodes.button(text, icon, action);
        link.getStyleClass().addAll("small-toggle", "flat");
        link.setTooltip(new Tooltip(tip));
        return link;
    }
}
