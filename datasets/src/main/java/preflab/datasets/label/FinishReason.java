package preflab.datasets.label;

import java.util.Locale;

/** Why the labelling of an answer ended, as PRM800K has it. */
public enum FinishReason {
    /** Every step is judged and the answer reaches a solution. */
    SOLUTION,
    /** An error was found; steps after it are not judged. */
    FOUND_ERROR,
    /** The problem itself is wrong or unclear. */
    BAD_PROBLEM,
    /** It cannot be judged. */
    GIVE_UP;

    /** The name in files: {@code solution}, {@code found_error}, {@code bad_problem}, {@code give_up}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
