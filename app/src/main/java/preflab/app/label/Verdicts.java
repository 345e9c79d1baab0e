package preflab.app.label;

import java.util.Locale;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import preflab.datasets.example.StepLabel;
import preflab.datasets.label.Suggestion;

/** How a verdict reads and looks: a word, a colour and a shape, so that no colour has to be told from another. */
final class Verdicts {

    private Verdicts() {
    }

    static String word(StepLabel verdict) {
        return verdict == StepLabel.UNMARKED ? "–" : verdict.name().toLowerCase(Locale.ROOT);
    }

    /** "good? 83 %": what a model would say and how sure it is. */
    static String suggested(String word, Suggestion suggestion) {
        return String.format(Locale.ROOT, "%s? %.0f %%", word, 100 * suggestion.confidence());
    }

    static String spoken(StepLabel verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    static Ikon sign(StepLabel verdict) {
        return switch (verdict) {
            case GOOD -> Feather.CHECK;
            case BAD -> Feather.X;
            case NEUTRAL -> Feather.MINUS;
            case UNMARKED -> Feather.MORE_HORIZONTAL;
        };
    }

    /** The style class that gives disc, square, diamond or ring, and its colour. */
    static String style(StepLabel verdict) {
        return "verdict-" + spoken(verdict);
    }
}
