package preflab.datasets.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import preflab.datasets.example.Kind;

/** A number every row of some kinds has (or may lack), to filter and to sort by. Lengths are in characters. */
public enum RowNumber {
    /** The row's position in its version, from 0. */
    ROW("row", "id"),
    /** Length of the prompt; of a conversation, its turns with a blank line between. */
    PROMPT_LENGTH("prompt length", "prompt_length"),
    /** Length of the longest answer. */
    ANSWER_LENGTH("answer length", "answer_length"),
    /** Length of the chosen (best) answer less that of the rejected (worst). */
    LENGTH_DIFFERENCE("length difference", "length_difference"),
    /** How many answers the row has. */
    ANSWERS("answers", "parts"),
    /** How many steps its answer has. */
    STEPS("steps", "parts"),
    /** Score of the chosen (best) answer; of a pair, its column {@code score_chosen}. Rows may lack it. */
    SCORE("score", "score"),
    /** Score of the chosen (best) answer less that of the rejected (worst). Rows may lack it. */
    SCORE_GAP("score gap", "gap"),
    /** The lowest Q value of its steps, in [−1, 1]. Rows may lack it. */
    LOWEST_Q("lowest Q", "score");

    private final String label;
    private final String column;

    RowNumber(String label, String column) {
        this.label = label;
        this.column = column;
    }

    /** What to call it on a screen. */
    public String label() {
        return label;
    }

    /** Its name on the command line: {@code prompt_length}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether rows of this kind have it. */
    public boolean appliesTo(Kind kind) {
        return switch (this) {
            case ROW, PROMPT_LENGTH -> true;
            case ANSWER_LENGTH -> kind != Kind.PROMPTS;
            case LENGTH_DIFFERENCE, SCORE, SCORE_GAP -> kind == Kind.PAIRED || kind == Kind.RANKED;
            case ANSWERS -> kind == Kind.RANKED || kind == Kind.UNLABELLED;
            case STEPS, LOWEST_Q -> kind == Kind.STEPWISE;
        };
    }

    /** The number with this {@link #id()}. */
    public static Optional<RowNumber> of(String id) {
        return Arrays.stream(values()).filter(number -> number.id().equalsIgnoreCase(id)).findFirst();
    }

    String column() {
        return column;
    }
}
