package preflab.app.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.datasets.store.DatasetInfo;
import preflab.projects.compare.Claim;
import preflab.projects.compare.Claims;
import preflab.projects.compare.Comparison;
import preflab.projects.store.RunSummary;

/** Whether differences are real: a sentence for each group of runs against the baseline's, and how to learn more. */
final class EvidenceTab extends VBox {

    private static final double PADDING = 12;
    private static final double NAMES = 200;

    private final EvidenceController controller;
    private final EvidenceModel evidence;
    private final VBox sentences = new VBox(14);

    EvidenceTab(CompareController compare) {
        this.controller = compare.evidence();
        this.evidence = controller.model();
        sentences.setId("compare-evidence");
        sentences.setPadding(new Insets(PADDING));
        ScrollPane scroll = new ScrollPane(sentences);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        EmptyState empty = new EmptyState(Feather.HELP_CIRCLE, "Nothing to weigh yet",
                "Pick two trained runs or more that answered the same held-out problems, and make one the baseline"
                        + " with its star. Runs that differ only in their seed count as one way of training.");
        StackPane body = new StackPane(scroll, empty);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(test(), body);
        compare.model().comparisonProperty().subscribe(comparison -> {
            List<Node> nodes = nodes(comparison);
            sentences.getChildren().setAll(nodes);
            scroll.setVisible(!nodes.isEmpty());
            empty.setVisible(nodes.isEmpty());
        });
    }

    /** Problems nobody chose by, for the picked runs. */
    private Node test() {
        ComboBox<DatasetInfo> problems = new ComboBox<>(evidence.problems());
        problems.setId("compare-test-problems");
        problems.setPromptText("held-out rows");
        problems.setAccessibleText("Held-out rows to ask");
        problems.setPrefWidth(NAMES);
        problems.setConverter(new StringConverter<>() {
            @Override
            public String toString(DatasetInfo info) {
                return info == null ? "" : info.id().display();
            }

            @Override
            public DatasetInfo fromString(String text) {
                return null; // nobody types here
            }
        });
        problems.valueProperty().bindBidirectional(evidence.chosenProperty());
        Button ask = Nodes.button("Ask picked runs", Feather.CHECK_CIRCLE, controller::ask);
        ask.setId("compare-ask");
        ask.setTooltip(new Tooltip(
                "Their checkpoints of the best validation, where they followed one (checkpoint.best_by), else"
                        + " their last ones answer these problems; the answers are kept"));
        ask.disableProperty().bind(evidence.chosenProperty().isNull().or(evidence.askingProperty()));
        Button cancel = Nodes.button("Cancel", Feather.X, controller::cancel);
        cancel.setId("compare-ask-cancel");
        Nodes.showWhen(cancel, evidence.askingProperty());
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(evidence.progressProperty());
        Nodes.showWhen(bar, evidence.askingProperty());
        Label words = Nodes.wrapped("", "muted", "small");
        words.setId("compare-ask-words");
        words.textProperty().bind(evidence.wordsProperty());
        Nodes.showWhen(words, evidence.wordsProperty().isNotEmpty());
        Label none = Nodes.wrapped("No version here is called a test. Choose rows that tell a final answer and that no"
                + " picked run was trained on or watched by, or import some in Data.", "muted", "small");
        none.setId("compare-test-none");
        Nodes.showWhen(none, evidence.chosenProperty().isNull());
        FlowPane row = new FlowPane(8, 8, Nodes.label("Test problems"), problems, ask, bar, cancel);
        row.setAlignment(Pos.CENTER_LEFT);
        VBox box = new VBox(6, row, none, words);
        box.setPadding(new Insets(PADDING, PADDING, 0, PADDING));
        return box;
    }

    private List<Node> nodes(Comparison comparison) {
        List<Node> nodes = new ArrayList<>();
        if (comparison != null) {
            comparison.choice().ifPresent(choice -> nodes.add(new VBox(4, chip("validation", ""),
                    Nodes.wrapped(choice.sentence()))));
        }
        if (!nodes.isEmpty() && comparison.claims().isEmpty()) {
            nodes.add(Nodes.wrapped("Make a run the baseline with its star: every other way of training is then weighed"
                    + " against its own.", "muted"));
        }
        if (comparison != null && !comparison.claims().isEmpty()) {
            comparison.claims().forEach(claim -> nodes.add(node(claim, comparison)));
            nodes.add(Nodes.wrapped(Claims.CAUTION, "muted", "small"));
        }
        return nodes;
    }

    private Node node(Claim claim, Comparison comparison) {
        Label basis = chip(claim.test() ? "test" : "not a test", claim.test() ? "good" : "");
        Label sentence = Nodes.wrapped(claim.sentence(), "strong");
        Label how = Nodes.wrapped(claim.basis() + " Runs " + numbers(claim.ourRuns()) + " against "
                + numbers(claim.theirRuns()) + ".", "muted", "small");
        VBox node = new VBox(4, basis, sentence, how);
        List<String> ours = ours(claim, comparison);
        if (!claim.decided() && !ours.isEmpty()) {
            Button more = Nodes.button("Prepare " + Claim.MORE_SEEDS + " more seeds of "
                    + (ours.size() == 2 ? "each" : ours.getFirst()) + " (" + ours.size() * Claim.MORE_SEEDS + " runs)",
                    Feather.PLUS, () -> controller.prepare(claim));
            more.setId("compare-prepare");
            more.disableProperty().bind(Bindings.isNotEmpty(evidence.waiting()));
            node.getChildren().add(more);
        }
        return node;
    }

    private static Label chip(String text, String style) {
        Label chip = Nodes.chip(text, style);
        chip.setMinWidth(USE_PREF_SIZE);
        return chip;
    }

    /** The ways of training of a claim that can be trained here. */
    private static List<String> ours(Claim claim, Comparison comparison) {
        List<Integer> trainable = comparison.runs().stream().filter(RunSummary::hasRunFile).map(RunSummary::id)
                .toList();
        return Stream.of(Map.entry(claim.theirs(), claim.theirRuns()), Map.entry(claim.ours(), claim.ourRuns()))
                .filter(way -> trainable.contains(way.getValue().getFirst())).map(Map.Entry::getKey).toList();
    }

    private static String numbers(List<Integer> runs) {
        return String.join(", ", runs.stream().map(String::valueOf).toList());
    }
}
