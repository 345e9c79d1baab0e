package preflab.app.label;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.input.KeyCode;

/** Where the cursor of a split goes. Offsets are UTF-16; a cursor never stands inside a character. */
final class SplitMoves {

    private SplitMoves() {
    }

    /** The beginning of the word nearest to the middle. */
    static int start(String text) {
        return Math.clamp(before(words(text), text.length() / 2 + 1), Math.min(1, text.length()), text.length());
    }

    /** Left and right by characters or words, Home and End; empty for a key that moves nothing. */
    static Optional<Integer> moved(String text, int at, KeyCode key, boolean byWord) {
        BreakIterator units = byWord ? words(text) : characters(text);
        return switch (key) {
            case LEFT -> Optional.of(before(units, at));
            case RIGHT -> Optional.of(after(units, at, text.length()));
            case HOME -> Optional.of(0);
            case END -> Optional.of(text.length());
            default -> Optional.empty();
        };
    }

    private static BreakIterator words(String text) {
        BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
        words.setText(text);
        return words;
    }

    private static BreakIterator characters(String text) {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        return characters;
    }

    private static int before(BreakIterator units, int at) {
        int found = at <= 0 ? 0 : units.preceding(Math.min(at, units.last()));
        return found == BreakIterator.DONE ? 0 : found;
    }

    private static int after(BreakIterator units, int at, int length) {
        int found = at >= length ? length : units.following(at);
        return found == BreakIterator.DONE ? length : found;
    }
}
