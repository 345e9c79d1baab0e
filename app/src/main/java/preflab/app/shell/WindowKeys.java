package preflab.app.shell;

import java.util.List;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** The keys of the window. */
final class WindowKeys {

    static final KeyCodeCombination SETTINGS = new KeyCodeCombination(KeyCode.COMMA, KeyCombination.SHORTCUT_DOWN);
    static final KeyCodeCombination NEW = new KeyCodeCombination(KeyCode.N, KeyCombination.SHORTCUT_DOWN);
    static final KeyCodeCombination OPEN = new KeyCodeCombination(KeyCode.O, KeyCombination.SHORTCUT_DOWN);

    private static final List<KeyCode> DIGITS = List.of(KeyCode.DIGIT1, KeyCode.DIGIT2, KeyCode.DIGIT3, KeyCode.DIGIT4,
            KeyCode.DIGIT5, KeyCode.DIGIT6, KeyCode.DIGIT7, KeyCode.DIGIT8);

    private WindowKeys() {
    }

    /** Ctrl and its place in the rail; the last one, the settings, has the usual comma. */
    static KeyCodeCombination forScreen(List<Screen> screens, int index) {
        return index == screens.size() - 1
                ? SETTINGS
                : new KeyCodeCombination(DIGITS.get(index), KeyCombination.SHORTCUT_DOWN);
    }
}
