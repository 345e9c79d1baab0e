package preflab.app.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.engine.param.Param;
import preflab.engine.train.TrainSettings;

/** The chosen row as a model reads it: tokens and ids, special ones, the seam, what is learned from, what is cut. */
final class TokensPane extends ScrollPane {

    /** Enough to see any seam and any cut of a usual row; more would make the window slow. */
    private static final int MOST_TOKENS = 1500;

    private final ChecksModel model;
    private final DataModel data;
    private final VBox texts = new VBox(12);

    TokensPane(ChecksController controller) {
        this.model = controller.model();
        this.data = controller.data();
        setId("data-tokens");
        setFitToWidth(true);
        getStyleClass().add("edge-to-edge");
        VBox page = new VBox(12, settings(), texts);
        page.getStyleClass().add("data-tab");
        setContent(page);
        model.tokensProperty().subscribe(this::show);
        model.maxLengthProperty().subscribe(this::show);
        model.maxCompletionLengthProperty().subscribe(this::show);
        model.promptTruncationProperty().subscribe(this::show);
        model.completionTruncationProperty().subscribe(this::show);
        model.tokensProblemProperty().subscribe(this::show);
        show();
    }

    private Node settings() {
        ComboBox<String> tokenizer = new ComboBox<>(model.models());
        tokenizer.setId("tokens-tokenizer");
        tokenizer.setAccessibleText("Tokenizer");
        tokenizer.setPrefWidth(170);
        tokenizer.valueProperty().bindBidirectional(model.tokenizerProperty());
        return Nodes.card("", new FlowPane(14, 8,
                Nodes.row(6, Nodes.label("Tokenizer", "muted", "small"), tokenizer),
                limit("max_length", "tokens-max-length", 2, model.maxLengthProperty()),
                side("prompt_truncation", model.promptTruncationProperty(), TrainSettings.PROMPT_TRUNCATION),
                side("completion_truncation", model.completionTruncationProperty(),
                        TrainSettings.COMPLETION_TRUNCATION),
                limit("max_completion_length", "tokens-max-completion-length", 0,
                        model.maxCompletionLengthProperty()),
                legend()));
    }

    private static Node limit(String name, String id, int least, IntegerProperty value) {
        Spinner<Integer> limit = new Spinner<>(least, 1_000_000, value.get(), 1);
        limit.setId(id);
        limit.setEditable(true);
        limit.setPrefWidth(100);
        limit.getEditor().setAccessibleText(name);
        limit.valueProperty().subscribe(chosen -> value.set(chosen));
        value.subscribe(set -> limit.getValueFactory().setValue(set.intValue()));
        return Nodes.row(6, Nodes.label(name, "muted", "small"), limit);
    }

    private static Node side(String name, StringProperty value, Param.OfChoice param) {
        ComboBox<String> mode = new ComboBox<>(FXCollections.observableArrayList(param.choices()));
        mode.setId("tokens-" + name);
        mode.setAccessibleText(name);
        mode.setTooltip(new Tooltip(param.help()));
        mode.valueProperty().bindBidirectional(value);
        return Nodes.row(6, Nodes.label(name, "muted", "small"), mode);
    }

    private static Node legend() {
        FlowPane legend = new FlowPane(6, 4);
        legend.getChildren().addAll(sample("prompt", "prompt", "not learned from"),
                sample("answer", "answer", "learned from"), sample("special", "special", "put there by the model's"
                        + " conventions"),
                sample("cut", "cut", "lost, as the row is longer than max_length"));
        return legend;
    }

    private static Label sample(String name, String style, String meaning) {
        Label sample = Nodes.label(name, "token", style);
        sample.setTooltip(new Tooltip(meaning));
        return sample;
    }

    private void show() {
        TokenizedRow row = model.tokensProperty().get();
        texts.getChildren().clear();
        if (!model.tokensProblemProperty().get().isEmpty()) {
            texts.getChildren().add(Nodes.notice("bad", Feather.ALERT_TRIANGLE,
                    Nodes.label(model.tokensProblemProperty().get())));
        } else if (data.exampleProperty().get() == null) {
            texts.getChildren().add(new EmptyState(Feather.FILE_TEXT, "No row chosen",
                    "Choose a row on the tab Rows to see it as a model reads it."));
        } else if (model.models().isEmpty() && model.tokenizerProperty().get().isEmpty()) {
            texts.getChildren().add(new EmptyState(Feather.BOX, "No tokenizer", "Choose the model whose tokenizer"
                    + " reads the row."));
        } else if (row != null) {
            addAnswers(row);
            if (row.texts().isEmpty()) {
                texts.getChildren().add(Nodes.label("This row has no answer to learn from.", "muted"));
            }
        }
    }

    private void addAnswers(TokenizedRow row) {
        Optional<List<boolean[]>> lost = model.truncation(row.bosId()).lost(row.encoded());
        if (lost.isEmpty()) {
            texts.getChildren().add(Nodes.notice("warn", Feather.ALERT_TRIANGLE,
                    Nodes.label("This row is longer than max_length and is left out.")));
        }
        for (int i = 0; i < row.texts().size(); i++) {
            TokenizedRow.Text text = row.texts().get(i);
            texts.getChildren()
                    .add(text(text, lost.isPresent() ? lost.get().get(i) : new boolean[text.tokens().size()]));
        }
    }

    private static Node text(TokenizedRow.Text text, boolean[] lost) {
        FlowPane tokens = new FlowPane(2, 3);
        tokens.getStyleClass().add("tokens");
        int shown = Math.min(MOST_TOKENS, text.tokens().size());
        for (int i = 0; i < shown; i++) {
            if (i == text.promptLength()) {
                tokens.getChildren().add(mark("seam", "◆ seam", "The answer begins here"
                        + (text.seamMerged() ? "; this token has characters of the prompt too" : "")));
            }
            if (lost[i] && (i == 0 || !lost[i - 1])) {
                tokens.getChildren().add(mark("cut", "✂ cut", "From here on tokens are cut"));
            }
            tokens.getChildren().add(token(text.tokens().get(i), i, lost[i]));
        }
        Label rendered = Nodes.wrapped(text.rendered(), "mono");
        VBox card = Nodes.card(text.answer(), Nodes.wrapped(summary(text, lost), "muted", "small"), tokens);
        if (shown < text.tokens().size()) {
            card.getChildren()
                    .add(Nodes.label("… and " + Words.count(text.tokens().size() - (long) shown, "more token"),
                            "muted", "small"));
        }
        card.getChildren().addAll(Nodes.label("As text, without special tokens", "section-title"), rendered);
        return card;
    }

    private static String summary(TokenizedRow.Text text, boolean[] lost) {
        int all = text.tokens().size();
        int seam = text.promptLength();
        long fromPrompt = IntStream.range(0, seam).filter(i -> lost[i]).count();
        long fromAnswer = IntStream.range(seam, all).filter(i -> lost[i]).count();
        long learned = IntStream.range(0, all).filter(i -> !lost[i] && text.tokens().get(i).learned()).count();
        return Words.count(all, "token") + ": " + Words.count(seam) + " before the seam, "
                + Words.count(all - (long) seam)
                + " of the answer; " + Words.count(learned) + " learned from"
                + (fromPrompt > 0 ? "; " + Words.count(fromPrompt) + " cut from the prompt" : "")
                + (fromAnswer > 0 ? "; " + Words.count(fromAnswer) + " cut from the answer" : "")
                + (learned == 0 ? ". The prompt fills max_length: nothing is left to learn from." : "")
                + (text.seamMerged() ? ". One token spans the seam and counts as the answer's." : "");
    }

    private static Label mark(String style, String words, String meaning) {
        Label mark = Nodes.label(words, "token-mark", style);
        mark.setTooltip(new Tooltip(meaning));
        return mark;
    }

    private static Node token(TokenizedRow.Token token, int position, boolean lost) {
        String style = lost ? "cut" : switch (token.part()) {
            case PROMPT -> "prompt";
            case ANSWER -> "answer";
            case SPECIAL -> "special";
        };
        Label text = Nodes.label(token.text().isEmpty() ? "∅" : token.text().replace("\n", "⏎"), "token-text");
        Label id = Nodes.label(String.valueOf(token.id()), "token-id");
        VBox box = new VBox(text, id);
        box.getStyleClass().addAll("token", style);
        Tooltip.install(box, new Tooltip("token " + (position + 1) + ", id " + token.id() + ", "
                + (token.part() == TokenizedRow.Part.SPECIAL ? "special, " : "")
                + (lost ? "cut" : token.learned() ? "learned from" : "masked")));
        return box;
    }
}
