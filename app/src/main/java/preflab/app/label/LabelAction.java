package preflab.app.label;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What a key does on this screen. The order is that of the sheet of keys. */
enum LabelAction {
    GOOD("good", "G", Group.STEPS), NEUTRAL("neutral", "N", Group.STEPS), BAD("bad", "B", Group.STEPS), UNMARK(
            "unmarked", "X", Group.STEPS), VALUE("type a value Q", "Q", Group.STEPS), CLEAR("take back this verdict",
                    "Backspace", Group.STEPS), MODE("first error only / every step", "E",
                            Group.STEPS), DOWN("next step", "J", Group.STEPS), UP("previous step", "K",
                                    Group.STEPS), SPLIT("split at a cursor", "S", Group.STEPS), JOIN(
                                            "join with the next", "M",
                                            Group.STEPS), RULE("split anew by rule", "Shift+S", Group.STEPS),

    SOLUTION("finish: solution", "1", Group.FINISH), FOUND_ERROR("finish: found error", "2", Group.FINISH), BAD_PROBLEM(
            "finish: bad problem", "3", Group.FINISH), GIVE_UP("finish: give up", "4", Group.FINISH),

    ACCEPT("accept", "A", Group.ANSWERS), REJECT("reject", "R", Group.ANSWERS),

    CHOOSE_A("A is better", "A", Group.PAIRS), CHOOSE_B("B is better", "B", Group.PAIRS), TIE("tie", "T", Group.PAIRS),

    NEXT("next example", "Enter",
            Group.MOVE), PREVIOUS("previous example", "Shift+Enter", Group.MOVE), UNLABELLED("next unlabelled", "V",
                    Group.MOVE), FLAGGED("next flagged", "Shift+F", Group.MOVE), DIFFERING(
                            "next where they differ", "D", Group.MOVE), JUMP("jump to a number", "H",
                                    Group.MOVE), SEARCH("search", "Slash", Group.MOVE),

    UNDO("undo", "U", Group.RECORD), REDO("redo", "Shift+U", Group.RECORD), TAKE("take the suggestion", "Space",
            Group.RECORD), SKIP("skip", "L", Group.RECORD), FLAG("flag", "F",
                    Group.RECORD), NOTE("note", "C", Group.RECORD), KEYS("this sheet", "Shift+Slash", Group.RECORD),

    LOWER("lower the step threshold", "Open Bracket", Group.VERSION), HIGHER("raise the step threshold",
            "Close Bracket", Group.VERSION), KEEP("threshold for later runs", "Y",
                    Group.VERSION), PUBLISH("publish as the next version", "P",
                            Group.VERSION), EXPORT("publish and export…", "O",
                                    Group.VERSION), TRAIN("train PIPA-M on it", "Shift+T",
                                            Group.VERSION), PEOPLE("annotators and agreement", "W",
                                                    Group.VERSION), SUGGEST("suggestions of a run", "I",
                                                            Group.VERSION);

    private final String title;
    private final String key;
    private final Group group;

    LabelAction(String title, String key, Group group) {
        this.title = title;
        this.key = key;
        this.group = group;
    }

    String title() {
        return title;
    }

    /** What fits beside a key. */
    String shortTitle() {
        return switch (this) {
            case CLEAR -> "take back";
            case MODE -> "first error only";
            case RULE -> "split by rule";
            case DIFFERING -> "next differing";
            case TAKE -> "take suggestion";
            default -> title.replace("finish: ", "");
        };
    }

    /** The key it has unless its user chose another. */
    String defaultKey() {
        return key;
    }

    Group group() {
        return group;
    }

    /** The actions of these groups, in order. */
    static List<LabelAction> of(Set<Group> groups) {
        return Arrays.stream(values()).filter(action -> groups.contains(action.group)).toList();
    }

    /** Keys that belong together. */
    enum Group {
        STEPS("Steps"), FINISH("Finish"), ANSWERS("Answers"), PAIRS("Pairs"), MOVE("Move"), RECORD("Record"), VERSION(
                "Version");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        /** Whether one key may do different things in the two: no task has both. */
        boolean apartFrom(Group other) {
            return task() != other.task() && task() != 0 && other.task() != 0;
        }

        private int task() {
            return switch (this) {
                case STEPS, FINISH -> 1;
                case ANSWERS -> 2;
                case PAIRS -> 3;
                case MOVE, RECORD, VERSION -> 0;
            };
        }
    }
}
