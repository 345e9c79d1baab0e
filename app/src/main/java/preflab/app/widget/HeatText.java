package preflab.app.widget;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javafx.css.PseudoClass;
import javafx.geometry.NodeOrientation;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.kordamp.ikonli.feather.Feather;

/**
 * A text whose tokens are coloured by a number each. The number of a token is told below, under the pointer or, with the
 * focus, by the arrow keys. Long texts begin with their first tokens.
 */
public final class HeatText extends VBox {

    /** Below which probability a token gets the next colour. */
    private static final double[] BOUNDS = {0.9, 0.5, 0.2, 0.05, 0.01};
    private static final int LEVELS = 4; // of a gradient, to either side
    private static final int SHOWN = 400;
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final String HINT = "point at a token, or ← → for its numbers";

    /**
     * A token.
     *
     * @param style
     *            class of its colour
     * @param words
     *            its numbers
     */
    public record Token(String text, String style, String words) {
    }

    private final List<Token> tokens;
    private final TextFlow flow = new TextFlow();
    private final Label reading = Nodes.wrapped(HINT, "muted", "small");
    private final List<List<Label>> labels = new ArrayList<>();
    private int current = -1;

    public HeatText(String accessibleText, List<Token> tokens) {
        super(4);
        this.tokens = List.copyOf(tokens);
        flow.getStyleClass().add("heat-text");
        flow.setAccessibleText(accessibleText);
        flow.setFocusTraversable(true);
        flow.setMinWidth(0);
        TextSide.apply(flow, accessibleText);
        flow.setOnKeyPressed(this::key);
        flow.setOnMousePressed(e -> flow.requestFocus());
        flow.setOnMouseExited(e -> tell(current));
        flow.focusedProperty().subscribe(focused -> mark(focused && current < 0 && !tokens.isEmpty() ? 0 : current));
        getChildren().addAll(flow, reading);
        show(Math.min(SHOWN, tokens.size()));
    }

    /** The redder a token, the less likely the model finds it. */
    public static HeatText ofLogProbs(String text, List<String> pieces, List<Double> logProbs) {
        return new HeatText(text, IntStream.range(0, pieces.size()).mapToObj(i -> {
            double logProb = logProbs.get(i);
            return new Token(pieces.get(i), "heat-" + level(Math.exp(logProb)),
                    String.format(Locale.ROOT, "“%s”  log-prob %s, p = %s %%", visible(pieces.get(i)),
                            Words.number(logProb), Words.number(100 * Math.exp(logProb))));
        }).toList());
    }

    /**
     * Blue where a loss pulls a token's log-probability up, orange where it pushes it down.
     *
     * @param gradients
     *            dL/dlogp of each token
     * @param strongest
     *            the size that gets the full colour, &gt; 0
     */
    public static HeatText ofGradients(String text, List<String> pieces, List<Double> gradients, double strongest) {
        return new HeatText(text, IntStream.range(0, pieces.size()).mapToObj(i -> {
            double gradient = gradients.get(i);
            return new Token(pieces.get(i), pull(gradient, strongest), String.format(Locale.ROOT,
                    "“%s”  dL/dlogp %s: %s", visible(pieces.get(i)), Words.number(gradient), words(gradient)));
        }).toList());
    }

    private static String words(double gradient) {
        if (Double.isNaN(gradient)) {
            return "none";
        }
        return gradient == 0 ? "the loss does not see it" : gradient < 0 ? "pulled up" : "pushed down";
    }

    /** The class of a gradient's colour: {@code pull-up-1} to {@code pull-up-4}, {@code push-down-…}, or none of both. */
    static String pull(double gradient, double strongest) {
        double share = Math.abs(gradient) / strongest;
        if (Double.isNaN(share) || share == 0) {
            return "heat-0";
        }
        int level = Math.clamp((int) Math.ceil(share * LEVELS), 1, LEVELS);
        return (gradient < 0 ? "pull-up-" : "push-down-") + level;
    }

    /** 0 for what the model expected, 5 for what surprised it most. */
    static int level(double probability) {
        int level = 0;
        while (level < BOUNDS.length && probability < BOUNDS[level]) {
            level++;
        }
        return level;
    }

    private static String visible(String piece) {
        return piece.isEmpty() ? "end of sequence" : piece.replace("\n", "↵");
    }

    private void show(int count) {
        flow.getChildren().clear();
        labels.clear();
        for (int i = 0; i < count; i++) {
            add(i, tokens.get(i));
        }
        if (count < tokens.size()) {
            Button all = Nodes.button("Show all " + Words.count(tokens.size(), "token"), Feather.MORE_HORIZONTAL,
                    () -> {
                        getChildren().remove(getChildren().size() - 1);
                        show(tokens.size());
                    });
            getChildren().add(all);
        }
    }

    private void add(int number, Token token) {
        List<Label> own = new ArrayList<>();
        String text = token.text().isEmpty() ? "∎" : token.text();
        String[] lines = text.split("\n", -1);
        for (int line = 0; line < lines.length; line++) {
            boolean broken = line < lines.length - 1;
            if (broken || !lines[line].isEmpty()) {
                Label label = Nodes.label(lines[line] + (broken ? "↵" : ""), "heat", token.style());
                label.setOnMouseEntered(e -> tell(number));
                own.add(label);
                flow.getChildren().add(label);
            }
            if (broken) {
                flow.getChildren().add(new Text("\n"));
            }
        }
        labels.add(own);
    }

    private void tell(int token) {
        reading.setText(token < 0 ? HINT : tokens.get(token).words());
    }

    private void mark(int token) {
        labels.forEach(own -> own.forEach(label -> label.pseudoClassStateChanged(CURRENT, false)));
        current = token;
        if (token >= 0 && token < labels.size() && flow.isFocused()) {
            labels.get(token).forEach(label -> label.pseudoClassStateChanged(CURRENT, true));
        }
        tell(token);
    }

    private void key(KeyEvent event) {
        boolean mirrored = flow.getNodeOrientation() == NodeOrientation.RIGHT_TO_LEFT;
        int last = labels.size() - 1;
        int next = switch (event.getCode()) {
            case LEFT -> current + (mirrored ? 1 : -1);
            case RIGHT -> current + (mirrored ? -1 : 1);
            case HOME -> 0;
            case END -> last;
            default -> -2;
        };
        if (next != -2 && last >= 0) {
            mark(Math.clamp(next, 0, last));
            event.consume();
        }
    }

    /** What the colours of log-probabilities mean. */
    public static FlowPane legend() {
        FlowPane legend = legend("Probability of a token:");
        List<String> words = List.of("90 % or more", "50 %", "20 %", "5 %", "1 %", "less");
        for (int i = 0; i < words.size(); i++) {
            legend.getChildren().add(sample(words.get(i), "heat-" + i));
        }
        return legend;
    }

    /** What the colours of gradients mean. */
    public static FlowPane gradientLegend(double strongest) {
        FlowPane legend = legend("dL/dlogp of a token:");
        legend.getChildren().addAll(sample("pulled up", "pull-up-4"), sample("a little", "pull-up-1"),
                sample("not at all", "heat-0"), sample("a little", "push-down-1"),
                sample("pushed down", "push-down-4"),
                Nodes.label("full colour: ± " + Words.number(strongest), "muted", "small"));
        return legend;
    }

    private static FlowPane legend(String title) {
        FlowPane legend = new FlowPane(6, 4, Nodes.label(title, "muted", "small"));
        legend.setRowValignment(VPos.CENTER);
        return legend;
    }

    private static Label sample(String words, String style) {
        Label sample = Nodes.label(words, "heat", "small", style);
        sample.setMinWidth(USE_PREF_SIZE);
        return sample;
    }
}
