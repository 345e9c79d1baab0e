package preflab.app.models;

import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;

/** A text whose tokens are the redder the less likely the model finds them; each tells its number under the pointer. */
final class HeatText extends TextFlow {

    /** Below which probability a token gets the next colour. */
    private static final double[] BOUNDS = {0.9, 0.5, 0.2, 0.05, 0.01};

    HeatText(Scored scored) {
        getStyleClass().add("heat-text");
        setAccessibleText(scored.text());
        List<String> pieces = scored.pieces();
        for (int i = 0; i < pieces.size(); i++) {
            String[] lines = pieces.get(i).split("\n", -1);
            for (int line = 0; line < lines.length; line++) {
                boolean broken = line < lines.length - 1;
                if (broken || !lines[line].isEmpty()) {
                    getChildren().add(token(lines[line] + (broken ? "↵" : ""), scored.logProbs().get(i)));
                }
                if (broken) {
                    getChildren().add(new Text("\n"));
                }
            }
        }
    }

    private static Label token(String text, double logProb) {
        Label token = Nodes.label(text, "heat", "heat-" + level(Math.exp(logProb)));
        Tooltip tooltip = new Tooltip(String.format(Locale.ROOT, "“%s”  log-prob %s, p = %s %%", text,
                Words.number(logProb), Words.number(100 * Math.exp(logProb))));
        token.setTooltip(tooltip);
        return token;
    }

    /** 0 for what the model expected, 5 for what surprised it most. */
    static int level(double probability) {
        int level = 0;
        while (level < BOUNDS.length && probability < BOUNDS[level]) {
            level++;
        }
        return level;
    }

    /** What the colours mean. */
    static HBox legend() {
        HBox legend = Nodes.row(6, Nodes.label("Probability of a token:", "muted", "small"));
        List<String> words = List.of("90 % or more", "50 %", "20 %", "5 %", "1 %", "less");
        for (int i = 0; i < words.size(); i++) {
            Label sample = Nodes.label(words.get(i), "heat", "small", "heat-" + i);
            sample.setMinWidth(USE_PREF_SIZE);
            legend.getChildren().add(sample);
        }
        return legend;
    }
}
