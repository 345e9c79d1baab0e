package preflab.projects.compare;

import java.util.List;
import java.util.Locale;

/**
 * What the held-out problems say about two ways of training.
 *
 * @param ours
 *            name of the first
 * @param theirs
 *            name of the other, the baseline
 * @param ourRuns
 *            numbers of its runs, one for each seed
 * @param theirRuns
 *            numbers of the other's
 * @param difference
 *            in accuracy, −1 … 1, at the last evaluation
 * @param interval
 *            95 %, not corrected for the number of comparisons
 * @param pValue
 *            two-sided and corrected (Holm); over seeds and problems where both have several seeds, else the permutation
 *            test's
 * @param permutationP
 *            paired permutation test clustered by problem, two-sided, corrected (Holm); these seeds only
 * @param comparisons
 *            how many were made at once
 * @param problems
 *            what was answered, for example {@code 500 test problems of sums-test v1}
 * @param test
 *            whether nobody could choose by these problems: they were kept back while training
 * @param seedsKnown
 *            whether the interval speaks about seeds not yet run; else about these seeds only
 * @param detectable
 *            the least difference that {@link #MORE_SEEDS} more seeds of each would find in 4 of 5 cases; NaN where the
 *            spread over seeds is unknown; at a level that is shared among the comparisons
 * @param choice
 *            which of the two was the best of how many on validation; empty where that is not known or this is no test
 */
public record Claim(String ours, String theirs, List<Integer> ourRuns, List<Integer> theirRuns, double difference,
        Interval interval, double pValue, double permutationP, int comparisons, String problems, boolean test,
        boolean seedsKnown,
        double detectable, String choice) {

    /** What the minimal detectable difference is told for. */
    public static final int MORE_SEEDS = 3;

    public Claim {
        ourRuns = List.copyOf(ourRuns);
        theirRuns = List.copyOf(theirRuns);
    }

    /** Whether the difference is beyond chance at the 5 % level. */
    public boolean decided() {
        return pValue < 1 - Statistics.LEVEL;
    }

    /** In one plain sentence. */
    public String sentence() {
        if (decided()) {
            return ours + (difference > 0 ? " beats " : " falls behind ") + theirs + " by "
                    + points(Math.abs(difference)) + " points " + range(difference < 0) + ", " + evidence() + chosen()
                    + ".";
        }
        if (difference == 0 && interval.low() == interval.high()) {
            return ours + " and " + theirs + " get the same ones right: " + problems + " × " + seeds()
                    + "; harder problems, or more of them, could tell them apart.";
        }
        return "Cannot tell " + ours + " from " + theirs + ": " + (difference > 0 ? "+" : "") + points(difference)
                + " points " + range(false) + ", " + evidence() + "; " + remedy() + chosen() + ".";
    }

    private String chosen() {
        return choice.isEmpty() ? "" : "; " + choice;
    }

    /** What the interval and the other test are, in words. */
    public String basis() {
        return "95 % interval: " + interval.method() + (comparisons > 1
                ? ", for this comparison alone; p is corrected for all " + comparisons + " (Holm)"
                : "") + ". Paired permutation test clustered by problem, these seeds only: "
                + Statistics.p(permutationP) + ".";
    }

    private String remedy() {
        return seedsKnown
                ? MORE_SEEDS + " more seeds of each would detect ± " + points(detectable) + " points"
                : "run several seeds of each to learn how far seeds alone differ";
    }

    private String evidence() {
        return Statistics.p(pValue) + (comparisons > 1 ? " (corrected for " + comparisons + " comparisons)" : "") + ", "
                + problems
                + " × " + seeds() + (seedsKnown ? "" : ", these seeds only");
    }

    private String seeds() {
        int n = ourRuns.size();
        int m = theirRuns.size();
        return n == m ? n + (n == 1 ? " seed" : " seeds") : n + " and " + m + " seeds";
    }

    private String range(boolean mirrored) {
        return mirrored
                ? "[" + points(-interval.high()) + ", " + points(-interval.low()) + "]"
                : "[" + points(interval.low()) + ", " + points(interval.high()) + "]";
    }

    private static String points(double share) {
        String text = String.format(Locale.ROOT, "%.1f", 100 * share);
        return text.equals("-0.0") ? "0.0" : text.replace('-', '−');
    }
}
