package preflab.app.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.app.widget.WordsFlow;
import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlabelled;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;

/** The texts of an example as blocks, one below the other: prompt, answers, steps with verdicts and Q values. */
final class ExampleBlocks {

    /** More than this in one text block would only slow the window; the file has it all. */
    static final int WHOLE = 20_000;

    private final int longest;

    /**
     * Makes blocks.
     *
     * @param longest
     *            characters of one text that are shown
     */
    ExampleBlocks(int longest) {
        this.longest = longest;
    }

    List<Node> of(PreferenceExample example) {
        List<Node> nodes = new ArrayList<>();
        nodes.add(block("Prompt", "", example.prompt()));
        nodes.addAll(answers(example));
        return nodes;
    }

    private List<Node> answers(PreferenceExample example) {
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

    Node block(String title, String style, Content content) {
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

    private Node text(String text) {
        String shown = text.length() > longest
                ? text.substring(0, longest) + "\n… " + Words.count(text.length() - longest) + " more characters"
                : text;
        return WordsFlow.readable(shown.isEmpty() ? "(empty)" : shown, shown.isEmpty() ? "muted" : "mono");
    }

    /** Number, verdict, Q as a bar and a figure, and the text below. */
    private Node step(int number, Step step) {
        Label place = Nodes.label(String.valueOf(number), "muted");
        place.setMinWidth(20);
        HBox head = Nodes.row(8, place, verdict(step.label()));
        if (step.q().isPresent()) {
            double q = step.q().getAsDouble();
            head.getChildren().addAll(new QBar(q), q(q));
        }
        VBox box = new VBox(4, head, text(step.text().strip()));
        box.getStyleClass().add("text-block");
        return box;
    }

    /** Word, colour and shape say the same, so that none of them is needed. */
    private static Label verdict(StepLabel label) {
        Label chip = Nodes.chip(label.name().toLowerCase(Locale.ROOT), switch (label) {
            case GOOD -> "good";
            case BAD -> "bad";
            case NEUTRAL -> "busy";
            case UNMARKED -> "";
        });
        chip.setGraphic(new FontIcon(switch (label) {
            case GOOD -> Feather.CHECK;
            case BAD -> Feather.X;
            case NEUTRAL -> Feather.MINUS;
            case UNMARKED -> Feather.CIRCLE;
        }));
        return chip;
    }

    private static Label q(double q) {
        Label label = Nodes.label(String.format(Locale.ROOT, "Q %+.2f", q).replace('-', '−'), "mono");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }
}
