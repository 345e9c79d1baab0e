package preflab.projects.compare;

import java.util.List;
import java.util.Locale;

/**
 * Which of several ways of training answers most problems right of those watched while training: what settings are chosen
 * by, and what no claim is made by.
 *
 * @param best
 *            its name; the first named of several that are level
 * @param runs
 *            numbers of its runs, one for each seed
 * @param accuracy
 *            0 … 1, over its seeds
 * @param next
 *            name of the runner-up
 * @param nextAccuracy
 *            of the runner-up, at most {@code accuracy}
 * @param ways
 *            how many there were to choose from, two or more
 * @param problems
 *            that all of them answered
 */
public record Choice(String best, List<Integer> runs, double accuracy, String next, double nextAccuracy, int ways,
        int problems) {

    public Choice {
        runs = List.copyOf(runs);
    }

    /** In plain sentences, with what it must not be taken for. */
    public String sentence() {
        String first = accuracy == nextAccuracy
                ? best + " and " + next + " are level on validation: " + percent(accuracy) + " right, none of the "
                        + ways + " ways of training has more"
                : "Best of " + ways + " ways of training on validation: " + best + ", " + percent(accuracy)
                        + " right; next " + next + ", " + percent(nextAccuracy);
        return first + " (" + count(problems) + " problems watched while training, mean over seeds, last evaluation)."
                + " Choose settings by this; it flatters whatever is chosen by it, so claim on test problems.";
    }

    /** For a claim on other problems that the chosen way takes part in. */
    String briefly() {
        return best + " was the best of " + ways + " on validation (" + count(problems)
                + " problems watched while training)";
    }

    static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
