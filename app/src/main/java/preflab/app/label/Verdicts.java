package preflab.app.label;

import java.util.Locale;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import preflab.datasets.example.StepLabel;

/** How a verdict reads and looks: a word, a colour and a shape, so that no colour has to be told from another. */
final class Verdicts {

    private Verdicts() {
    }

    static String word(StepLabel verdict) {
        return verdict == StepLabel.UNMARKED ? "–" : verdict.name().toLowerCase(Locale.ROOT);
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
