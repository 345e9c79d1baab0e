package preflab.engine.bandit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One prompt with n responses of one token each: what people want, what the reference says, and what an objective gets
 * to see of it. Immutable; the {@code with…} methods make variations.
 */
public final class BanditProblem {

    private static final double SUM_TOLERANCE = 1e-6;

    /** Response i was preferred to response j, this often among all pairs. */
    record Preference(int chosen, int rejected, double share) {
    }

    private final double[] truth;
    private final double[] reference;
    private final List<Preference> preferences;
    private final double[] accepted;
    private final double[] rejected;
    private final int forget;

    private BanditProblem(double[] truth, double[] reference, List<Preference> preferences, double[] accepted,
            double[] rejected, int forget) {
        this.truth = truth;
        this.reference = reference;
        this.preferences = preferences;
        this.accepted = accepted;
        this.rejected = rejected;
        this.forget = forget;
    }

    /**
     * Every pair of responses is compared equally often; i wins with π*_i / (π*_i + π*_j). Unpaired data are the winners
     * and the losers of these pairs; what is to be forgotten is the least wanted response.
     *
     * @param truth
     *            π*, [n], in (0, 1]
     * @param reference
     *            π_ref, [n], in (0, 1]
     * @throws IllegalArgumentException
     *             if one of them is no distribution over at least 2 responses, or they differ in length
     */
    public static BanditProblem of(double[] truth, double[] reference) {
        distribution("pi*", truth);
        distribution("pi_ref", reference);
        if (truth.length != reference.length) {
            throw new IllegalArgumentException(
                    "pi* has " + truth.length + " responses, pi_ref has " + reference.length + ": they must agree");
        }
        return compared(truth.clone(), reference.clone(), false);
    }

    private static void distribution(String name, double[] values) {
        boolean positive = Arrays.stream(values).allMatch(p -> p > 0 && p <= 1);
        if (values.length < 2 || !positive || Math.abs(Arrays.stream(values).sum() - 1) > SUM_TOLERANCE) {
            throw new IllegalArgumentException(name + " must be at least 2 probabilities above 0 that sum to 1, not "
                    + Arrays.toString(values));
        }
    }

    private static BanditProblem compared(double[] truth, double[] reference, boolean deterministic) {
        List<Preference> preferences = preferences(truth, deterministic);
        double[] accepted = new double[truth.length];
        double[] rejected = new double[truth.length];
        for (Preference one : preferences) {
            accepted[one.chosen()] += one.share();
            rejected[one.rejected()] += one.share();
        }
        return new BanditProblem(truth, reference, preferences, accepted, rejected, least(truth));
    }

    private static List<Preference> preferences(double[] truth, boolean deterministic) {
        List<Preference> all = new ArrayList<>();
        double pairs = truth.length * (truth.length - 1) / 2.0;
        for (int i = 0; i < truth.length; i++) {
            for (int j = 0; j < truth.length; j++) {
                double wins = deterministic
                        ? (1 + Math.signum(truth[i] - truth[j])) / 2
                        : Tables.preference(truth, i, j);
                if (i != j && wins > 0) {
                    all.add(new Preference(i, j, wins / pairs));
                }
            }
        }
        return all;
    }

    private static int least(double[] values) {
        int least = 0;
        for (int i = 1; i < values.length; i++) {
            least = values[i] < values[least] ? i : least;
        }
        return least;
    }

    /** The same where the better response of a pair always wins: one label per pair, without doubt. */
    public BanditProblem withDeterministicLabels() {
        return compared(truth, reference, true);
    }

    /** The same with accepted and rejected responses drawn from these distributions, [n] each; zeros are allowed. */
    public BanditProblem withJudged(double[] acceptedShares, double[] rejectedShares) {
        return new BanditProblem(truth, reference, preferences, acceptedShares.clone(), rejectedShares.clone(),
                forget);
    }

    /** The same with another response to be forgotten. */
    public BanditProblem withForgotten(int response) {
        return new BanditProblem(truth, reference, preferences, accepted, rejected, response);
    }

    /** n. */
    public int size() {
        return truth.length;
    }

    /** π*, [n]. */
    public double[] truth() {
        return truth.clone();
    }

    /** π_ref, [n]. */
    public double[] reference() {
        return reference.clone();
    }

    /** The response to be forgotten. */
    public int forget() {
        return forget;
    }

    /** The most wanted response. */
    public int best() {
        return least(Arrays.stream(truth).map(p -> -p).toArray());
    }

    List<Preference> preferences() {
        return preferences;
    }

    double[] accepted() {
        return accepted.clone();
    }

    double[] rejected() {
        return rejected.clone();
    }

    /**
     * The exact minimiser of −E_π[log π*] + β KL(π‖π_ref) + α Σ π², the constrained problem that DPO stands for where α
     * is 0.
     *
     * @param beta
     *            above 0
     * @param penalty
     *            α, at least 0
     * @return π, [n]; empty where no start led to a stationary point
     */
    public Optional<double[]> constrainedOptimum(double beta, double penalty) {
        return Constraint.optimum(truth, reference, beta, penalty);
    }
}
