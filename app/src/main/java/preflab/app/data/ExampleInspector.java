package preflab.app.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Step;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlabelled;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;

/** One example in full: prompt, answers, steps with verdicts and Q values. */
final class ExampleInspector extends StackPane {

    /** More than this in one text block would only slow the window; the file has it all. */
    private static final int LONGEST = 20_000;
    private static final double BAR_WIDTH = 56;

    ExampleInspector(DataModel model) {
        getStyleClass().add("inspector");
        setId("data-inspector");
        setMinWidth(236);
        model.exampleProperty().subscribe(example -> getChildren().setAll(example == null ? empty() : page(example)));
    }

    private static Node empty() {
        return new EmptyState(Feather.FILE_TEXT, "No row chosen", "Choose a row to read all of it.");
    }

    private static Node page(PreferenceExample example) {
        VBox page = new VBox(10);
        page.getStyleClass().add("inspector-page");
        Label head = Nodes.label("Row " + Words.count(example.id().index() + 1L), "card-title");
        Label from = Nodes.ellipsized("muted", "small");
        from.setText(example.source().file() + ", row " + Words.count(example.source().row()));
        page.getChildren().addAll(Nodes.row(10, head, from), block("Prompt", "", example.prompt()));
        page.getChildren().addAll(answers(example));
        side(example).ifPresent(page.getChildren()::add);
        ScrollPane scroll = new ScrollPane(page);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        return scroll;
    }

    private static List<Node> answers(PreferenceExample example) {
        List<Node> nodes = new ArrayList<>();
        switch (example) {
            case Paired row -> {
                nodes.add(block("Chosen", "good", row.chosen()));
                nodes.add(block("Rejected", "bad", row.rejected()));
            }
            case Unpaired row -> nodes.add(row.accepted()
                    ? block("Accepted", "good", row.completion())
                    : block("Rejected", "bad", row.completion()));
            case Ranked row -> row.candidates().stream()
                    .sorted((a, b) -> Double.compare(b.score(), a.score())).forEach(candidate -> nodes
                            .add(block("Score " + Words.number(candidate.score()), "", candidate.completion())));
            case Stepwise row -> {
                row.answerCorrect().ifPresent(right -> nodes.add(Nodes.row(8, Nodes.label("Answer", "section-title"),
                        Nodes.chip(right ? "right" : "wrong", right ? "good" : "bad"))));
                for (int i = 0; i < row.steps().size(); i++) {
                    nodes.add(step(i + 1, row.steps().get(i)));
                }
            }
            case Unlabelled row -> {
                for (int i = 0; i < row.completions().size(); i++) {
                    nodes.add(block("Answer " + (i + 1), "", row.completions().get(i)));
                }
            }
            case Unlearning row -> nodes.add(block(row.forget() ? "Forget" : "Retain", row.forget() ? "bad" : "good",
                    row.completion()));
            case Demonstration row -> nodes.add(block("Completion", "", row.completion()));
            case PromptOnly row -> {
                // the prompt is all there is
            }
        }
        return nodes;
    }

    private static Node block(String title, String style, Content content) {
        VBox texts = new VBox(6);
        texts.getStyleClass().add("text-block");
        switch (content) {
            case Content.Plain plain -> texts.getChildren().add(text(plain.text()));
            case Content.Chat chat -> {
                for (Message message : chat.messages()) {
                    texts.getChildren().addAll(Nodes.label(message.role(), "muted", "small"), text(message.content()));
                }
            }
        }
        Node head = style.isEmpty() ? Nodes.label(title, "section-title") : Nodes.row(8, Nodes.chip(title, style));
        return new VBox(4, head, texts);
    }

    private static Label text(String text) {
        String shown = text.length() > LONGEST
                ? text.substring(0, LONGEST) + "\n… " + Words.count(text.length() - LONGEST) + " more characters"
                : text;
        return Nodes.wrapped(shown.isEmpty() ? "(empty)" : shown, shown.isEmpty() ? "muted" : "mono");
    }

    /** Number, verdict, Q as a bar and a figure, and the text below. */
    private static Node step(int number, Step step) {
        Label place = Nodes.label(String.valueOf(number), "muted");
        place.setMinWidth(20);
        HBox head = Nodes.row(8, place, Nodes.chip(step.label().name().toLowerCase(Locale.ROOT), styleOf(step)));
        if (step.q().isPresent()) {
            double q = step.q().getAsDouble();
            head.getChildren().addAll(bar(q), q(q));
        }
        VBox box = new VBox(4, head, text(step.text().strip()));
        box.getStyleClass().add("text-block");
        return box;
    }

    private static String styleOf(Step step) {
        return switch (step.label()) {
            case GOOD -> "good";
            case BAD -> "bad";
            case NEUTRAL -> "busy";
            case UNMARKED -> "";
        };
    }

    private static Label q(double q) {
        Label label = Nodes.label(String.format(Locale.ROOT, "Q %+.2f", q).replace('-', '−'), "mono");
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    /** Q from −1 at the left to 1 at the right. */
    private static Node bar(double q) {
        Region filled = new Region();
        filled.getStyleClass().addAll("q-bar-fill", q < 0 ? "bad" : "good");
        filled.setMinSize(0, 6);
        filled.setMaxSize(BAR_WIDTH * (q + 1) / 2, 6);
        StackPane bar = new StackPane(filled);
        bar.getStyleClass().add("q-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.setMinSize(BAR_WIDTH, 6);
        bar.setMaxSize(BAR_WIDTH, 6);
        return bar;
    }

    private static Optional<Node> side(PreferenceExample example) {
        if (example.source().side().isEmpty()) {
            return Optional.empty();
        }
        VBox box = new VBox(2, Nodes.label("Other columns", "section-title"));
        example.source().side().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            Label key = Nodes.label(entry.getKey(), "muted", "small");
            key.setMinWidth(90);
            Label value = Nodes.ellipsized("mono");
            value.setText(entry.getValue());
            HBox.setHgrow(value, Priority.ALWAYS);
            box.getChildren().add(Nodes.row(8, key, value));
        });
        return Optional.of(box);
    }
}
