package preflab.app.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.EvenColumns;
import preflab.app.widget.HeatText;
import preflab.app.widget.Nodes;
import preflab.app.widget.TextSide;
import preflab.app.widget.Words;
import preflab.app.widget.WordsFlow;
import preflab.engine.train.RowReading;
import preflab.engine.train.Sample;
import preflab.engine.train.SideReading;
import preflab.engine.train.TokenReading;
import preflab.projects.compare.WordDiff;
import preflab.projects.score.StepValue;

/** One example in full: its prompt, what each run answered, and what each makes of every token of the data's own answers. */
final class ExamplePane extends StackPane {

    private static final double COLUMN = 250;

    private final ExamplesController controller;
    private final ExamplesModel examples;
    private final VBox content = new VBox(12);

    ExamplePane(ExamplesController controller) {
        this.controller = controller;
        this.examples = controller.model();
        content.setId("compare-example");
        content.getStyleClass().add("example-detail");
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        Nodes.showWhen(scroll, examples.detailProperty().isNotNull());
        EmptyState none = new EmptyState(Feather.MOUSE_POINTER, "No example chosen",
                "Click a point or a line to read what every run makes of it.");
        Nodes.showWhen(none, examples.detailProperty().isNull());
        setMinWidth(280);
        getChildren().addAll(scroll, none);
        examples.detailProperty().subscribe((before, now) -> {
            show(now);
            if (before == null || now == null || before.row().row() != now.row().row()) {
                scroll.setVvalue(0);
            }
        });
        examples.gradientsProperty().subscribe(() -> show(examples.detailProperty().get()));
    }

    private void show(ExampleDetail detail) {
        content.getChildren().clear();
        if (detail == null) {
            return;
        }
        content.getChildren().addAll(head(detail), block(detail.row().prompt().strip(), "mono", "strong"));
        answers(detail);
        tokens(detail);
    }

    private Node head(ExampleDetail detail) {
        Label title = Nodes.ellipsized("strong");
        title.setText("Row " + (detail.row().row() + 1) + " of " + detail.dataset().display());
        Button data = Nodes.button("Show in Data", Feather.DATABASE, () -> controller.showData(detail));
        data.setId("compare-example-data");
        Button label = Nodes.button("Label", Feather.EDIT_3, () -> controller.showLabel(detail));
        label.setId("compare-example-label");
        FlowPane head = new FlowPane(8, 6, title, data, label);
        head.setRowValignment(VPos.CENTER);
        return head;
    }

    private static Node block(String text, String... styles) {
        VBox block = new VBox(WordsFlow.readable(text, styles));
        block.getStyleClass().add("text-block");
        return block;
    }

    private void answers(ExampleDetail detail) {
        List<Node> columns = new ArrayList<>();
        detail.row().before().ifPresent(before -> columns.add(column("before training", before.correct(),
                WordsFlow.readable(before.completion().strip(), "mono"))));
        for (int i = 0; i < detail.runs().size(); i++) {
            Optional<List<WordDiff.Piece>> pieces = detail.differences().get(i);
            if (pieces.isPresent()) {
                columns.add(column(detail.runs().get(i), detail.row().answers().get(i).flatMap(Sample::correct),
                        difference(pieces.get())));
            }
        }
        if (!columns.isEmpty()) {
            List<String> notes = new ArrayList<>();
            detail.row().expected().ifPresent(answer -> notes.add("right: " + answer));
            if (detail.differences().stream().flatMap(Optional::stream).count() > 1) {
                notes.add("words that differ from what " + detail.against() + " answered are underlined, those it has"
                        + " instead are struck out");
            }
            content.getChildren().add(Nodes.label("Answers", "card-title"));
            if (!notes.isEmpty()) {
                content.getChildren().add(Nodes.wrapped(String.join(" · ", notes), "muted", "small"));
            }
            content.getChildren().add(new EvenColumns(COLUMN, columns));
        }
    }

    private static Node column(String name, Optional<Boolean> right, Node text) {
        Label title = Nodes.ellipsized("muted", "small");
        title.setText(name);
        HBox head = Nodes.row(6, title, Nodes.spacer());
        right.ifPresent(yes -> head.getChildren().add(Nodes.chip(yes ? "right" : "wrong", yes ? "good" : "bad")));
        VBox box = new VBox(4, head, text);
        box.getStyleClass().add("text-block");
        return box;
    }

    private static Node difference(List<WordDiff.Piece> pieces) {
        String whole = String.join("", pieces.stream().filter(piece -> piece.kind() != WordDiff.Kind.REMOVED)
                .map(WordDiff.Piece::text).toList());
        WordsFlow flow = new WordsFlow("");
        flow.getStyleClass().add("mono");
        flow.getChildren().setAll(pieces.stream().flatMap(ExamplePane::words).toList());
        flow.setAccessibleText(whole);
        TextSide.apply(flow, whole);
        return flow;
    }

    private static Stream<Node> words(WordDiff.Piece piece) {
        List<Node> nodes = WordsFlow.nodes(piece.text());
        nodes.forEach(node -> {
            switch (piece.kind()) {
                case ADDED -> node.getStyleClass().add("diff-added");
                case REMOVED -> node.getStyleClass().add("diff-removed");
                case SAME -> {
                    // as all other text
                }
            }
        });
        return nodes.stream();
    }

    private void tokens(ExampleDetail detail) {
        if (detail.readings().isEmpty()) {
            content.getChildren().add(Nodes.wrapped(examples.sources().isEmpty()
                    ? "Without a checkpoint of a picked run there are no log-probabilities to show."
                    : "Score the rows to see every token's log-probability and gradient.", "muted"));
            return;
        }
        double strongest = detail.strongest();
        boolean gradients = examples.gradientsProperty().get() && strongest > 0;
        content.getChildren().addAll(modes(strongest > 0),
                gradients ? HeatText.gradientLegend(strongest) : HeatText.legend());
        List<String> sides = detail.readings().values().iterator().next().sides().stream().map(SideReading::name)
                .toList();
        for (int side = 0; side < sides.size(); side++) {
            content.getChildren().add(Nodes.label("The data's " + sides.get(side), "card-title"));
            List<Node> columns = new ArrayList<>();
            int number = side;
            detail.readings().forEach((source, reading) -> side(reading, number)
                    .filter(own -> !gradients || source.isRun()).ifPresent(own -> columns
                            .add(column(source.name(), Optional.empty(), heat(detail, source, own, gradients)))));
            content.getChildren().add(new EvenColumns(COLUMN, columns));
        }
    }

    private static Optional<SideReading> side(RowReading reading, int side) {
        return side < reading.sides().size() ? Optional.of(reading.sides().get(side)) : Optional.empty();
    }

    private Node modes(boolean some) {
        ToggleGroup group = new ToggleGroup();
        ToggleButton logProbs = mode("Log-prob", "compare-heat-logprob", group);
        ToggleButton gradients = mode("dL/dlogp", "compare-heat-gradient", group);
        group.selectToggle(some && examples.gradientsProperty().get() ? gradients : logProbs);
        gradients.setDisable(!some);
        gradients.selectedProperty().subscribe((before, now) -> examples.gradientsProperty().set(now));
        return Nodes.row(6, Nodes.label("Colour tokens by", "muted", "small"), logProbs, gradients);
    }

    private static ToggleButton mode(String text, String id, ToggleGroup group) {
        ToggleButton button = new ToggleButton(text);
        button.setId(id);
        button.setToggleGroup(group);
        return button;
    }

    private Node heat(ExampleDetail detail, ExampleSource source, SideReading side, boolean gradients) {
        if (side.problem().isPresent()) {
            return Nodes.wrapped("Not read: " + side.problem().get(), "muted");
        }
        List<String> pieces = ExamplesController.pieces(side);
        HeatText text = gradients
                ? HeatText.ofGradients(side.text(), pieces, numbers(side, true), detail.strongest())
                : HeatText.ofLogProbs(side.text(), pieces, numbers(side, false));
        VBox box = new VBox(4, text, Nodes.wrapped(figures(side, gradients), "small"));
        List<StepValue> steps = detail.steps().getOrDefault(source, List.of());
        if (!steps.isEmpty()) {
            box.getChildren().add(new StepValues(side.text(), steps));
        }
        return box;
    }

    private static List<Double> numbers(SideReading side, boolean gradients) {
        return side.tokens().stream()
                .map((TokenReading token) -> (double) (gradients ? token.gradient() : token.logProb())).toList();
    }

    private static String figures(SideReading side, boolean gradients) {
        String figure = gradients
                ? "pull " + Words.number(side.pull()) + " (sum of |dL/dlogp|)"
                : "log-prob " + Words.number(side.sum());
        return figure + " · " + Words.count(side.tokens().size(), "token");
    }
}
