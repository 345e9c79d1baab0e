package preflab.app.label;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** Which key does what. Immutable; a key never does two things in one task. */
final class LabelKeys {

    static final LabelKeys DEFAULT = new LabelKeys(defaults());

    private static final Set<KeyCode> MODIFIERS = Set.of(KeyCode.SHIFT, KeyCode.CONTROL, KeyCode.ALT, KeyCode.META,
            KeyCode.COMMAND, KeyCode.ALT_GRAPH, KeyCode.CAPS, KeyCode.UNDEFINED);
    /** These stay with the window: focus, dialogs, its own keys. */
    private static final Set<KeyCode> RESERVED = Set.of(KeyCode.TAB, KeyCode.ESCAPE, KeyCode.F1, KeyCode.UP,
            KeyCode.DOWN, KeyCode.LEFT, KeyCode.RIGHT);

    private final Map<LabelAction, KeyCodeCombination> keys;

    private LabelKeys(Map<LabelAction, KeyCodeCombination> keys) {
        this.keys = keys;
    }

    private static Map<LabelAction, KeyCodeCombination> defaults() {
        Map<LabelAction, KeyCodeCombination> map = new EnumMap<>(LabelAction.class);
        for (LabelAction action : LabelAction.values()) {
            map.put(action, (KeyCodeCombination) KeyCombination.valueOf(action.defaultKey()));
        }
        return map;
    }

    /** The key of an action. */
    KeyCodeCombination key(LabelAction action) {
        return keys.get(action);
    }

    /** How the key of an action is written on it. */
    String shown(LabelAction action) {
        return shown(keys.get(action));
    }

    static String shown(KeyCodeCombination key) {
        if (key.equals(KeyCombination.valueOf("Shift+Slash"))) {
            return "?";
        }
        return key.getDisplayText().replace("Back Space", "⌫").replace("+Enter", "+↵").replaceAll("^Enter$", "↵")
                .replace("Shift+", "⇧ ");
    }

    /** What this key press does among these groups; arrows and F1 always work. */
    Optional<LabelAction> action(KeyEvent event, Set<LabelAction.Group> groups) {
        Optional<LabelAction> fixed = fixed(event);
        return fixed.isPresent()
                ? fixed
                : LabelAction.of(groups).stream().filter(action -> keys.get(action).match(event)).findFirst();
    }

    private static Optional<LabelAction> fixed(KeyEvent event) {
        if (event.isShortcutDown() && event.getCode() == KeyCode.Z) {
            return Optional.of(event.isShiftDown() ? LabelAction.REDO : LabelAction.UNDO);
        }
        if (event.isShortcutDown() || event.isAltDown() || event.isShiftDown()) {
            return Optional.empty();
        }
        return Optional.ofNullable(switch (event.getCode()) {
            case UP -> LabelAction.UP;
            case DOWN -> LabelAction.DOWN;
            case LEFT -> LabelAction.PREVIOUS;
            case RIGHT -> LabelAction.NEXT;
            case F1 -> LabelAction.KEYS;
            default -> null;
        });
    }

    /** The key that was pressed; empty for a modifier alone. */
    static Optional<KeyCodeCombination> pressed(KeyEvent event) {
        if (MODIFIERS.contains(event.getCode())) {
            return Optional.empty();
        }
        KeyCombination.Modifier[] modifiers = Stream.of(
                event.isShiftDown() ? KeyCombination.SHIFT_DOWN : null,
                event.isShortcutDown() ? KeyCombination.SHORTCUT_DOWN : null,
                event.isAltDown() ? KeyCombination.ALT_DOWN : null)
                .filter(Objects::nonNull).toArray(KeyCombination.Modifier[]::new);
        return Optional.of(new KeyCodeCombination(event.getCode(), modifiers));
    }

    /** Why an action cannot have this key; empty where it can. */
    Optional<String> conflict(LabelAction action, KeyCodeCombination key) {
        if (RESERVED.contains(key.getCode()) || key.getShortcut() == KeyCombination.ModifierValue.DOWN) {
            return Optional.of(shown(key) + " belongs to the window: take a letter, a digit or a sign, with or without"
                    + " Shift or Alt");
        }
        return Arrays.stream(LabelAction.values())
                .filter(other -> other != action && keys.get(other).equals(key)
                        && !other.group().apartFrom(action.group()))
                .findFirst().map(other -> shown(key) + " already means “" + other.title() + "”: give that another key"
                        + " first");
    }

    /**
     * The same with another key for one action.
     *
     * @throws IllegalArgumentException
     *             on a {@link #conflict}
     */
    LabelKeys with(LabelAction action, KeyCodeCombination key) {
        conflict(action, key).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        Map<LabelAction, KeyCodeCombination> changed = new EnumMap<>(keys);
        changed.put(action, key);
        return new LabelKeys(changed);
    }

    /** The keys that are not the default ones, by the names of their actions. */
    Properties changed() {
        Properties properties = new Properties();
        keys.forEach((action, key) -> {
            if (!key.equals(DEFAULT.keys.get(action))) {
                properties.setProperty(action.name(), key.getName());
            }
        });
        return properties;
    }

    /** The defaults with these changes; what cannot be read or would mean two things stays at its default. */
    static LabelKeys of(Properties properties) {
        Map<LabelAction, KeyCodeCombination> map = new HashMap<>(DEFAULT.keys);
        for (LabelAction action : LabelAction.values()) {
            read(properties.getProperty(action.name(), "")).ifPresent(key -> map.put(action, key));
        }
        LabelKeys read = new LabelKeys(map);
        boolean whole = Arrays.stream(LabelAction.values())
                .allMatch(action -> read.conflict(action, map.get(action)).isEmpty());
        return whole ? read : DEFAULT;
    }

    private static Optional<KeyCodeCombination> read(String name) {
        try {
            return name.isEmpty() || !(KeyCombination.valueOf(name) instanceof KeyCodeCombination key)
                    ? Optional.empty()
                    : Optional.of(key);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
