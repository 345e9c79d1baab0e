package preflab.projects.compare;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.moment.Variance;

/**
 * Difference of two ways of training when both seeds and problems are draws from a larger stock.
 * <p>
 * An outcome is y = μ + a(seed) + b(problem) + e; problems are common to both arms, seeds are not. With n = S·P outcomes
 * an arm, the mean difference has the variance
 *
 * <pre>
 * V = Σ_arms s²(seed means)/S + s²(problem differences)/P − Σ_arms MS_e/(S·P)
 * </pre>
 *
 * : e is counted by the first term and by the second, and is taken away once (analysis of variance with two crossed
 * random effects; Searle, Casella &amp; McCulloch 1992, chapter 4). Degrees of freedom after Satterthwaite (1946),
 * formula ν = V² / Σ c²/ν_c over the components c. Where the seeds' part comes out smaller than e alone would make it,
 * seeds are taken not to matter and V is the problems' part. With a single seed in an arm nothing is known about seeds:
 * V is the problems' part and speaks about these seeds only.
 */
final class CrossedEffects {

    private final Arm ours;
    private final Arm theirs;
    private final double difference;
    private final double seedVariance;
    private final double problemVariance;
    private final double errorVariance;

    CrossedEffects(Arm ours, Arm theirs) {
        if (ours.problems() != theirs.problems()) {
            throw new IllegalArgumentException("both arms must have answered the same problems");
        }
        this.ours = ours;
        this.theirs = theirs;
        difference = ours.mean() - theirs.mean();
        seedVariance = seedsKnown() ? seedPart(ours) + seedPart(theirs) : 0;
        errorVariance = seedsKnown() ? errorPart(ours) + errorPart(theirs) : 0;
        double[] byProblem = ours.problemMeans();
        double[] others = theirs.problemMeans();
        for (int i = 0; i < byProblem.length; i++) {
            byProblem[i] -= others[i];
        }
        problemVariance = new Variance().evaluate(byProblem) / byProblem.length;
    }

    private static double seedPart(Arm arm) {
        return new Variance().evaluate(arm.seedMeans()) / arm.seeds();
    }

    private static double errorPart(Arm arm) {
        return arm.residualMeanSquare() / (arm.seeds() * (double) arm.problems());
    }

    double difference() {
        return difference;
    }

    /** Whether both arms have several seeds, so that the interval speaks about seeds not yet run. */
    boolean seedsKnown() {
        return ours.seeds() > 1 && theirs.seeds() > 1;
    }

    private boolean seedsMatter() {
        return seedVariance > errorVariance;
    }

    double variance() {
        return seedsMatter() ? seedVariance + problemVariance - errorVariance : problemVariance;
    }

    double degreesOfFreedom() {
        int problems = ours.problems() - 1;
        if (!seedsMatter()) {
            return problems;
        }
        double spread = square(problemVariance) / problems;
        for (Arm arm : Arrays.asList(ours, theirs)) {
            int seeds = arm.seeds() - 1;
            spread += square(seedPart(arm)) / seeds + square(errorPart(arm)) / ((double) seeds * problems);
        }
        return Math.max(1, square(variance()) / spread);
    }

    private static double square(double x) {
        return x * x;
    }

    Interval interval() {
        double reach = variance() == 0
                ? 0
                : new TDistribution(degreesOfFreedom()).inverseCumulativeProbability((1 + Statistics.LEVEL) / 2)
                        * Math.sqrt(variance());
        return new Interval(difference - reach, difference + reach, Statistics.LEVEL,
                seedsKnown() ? "t, crossed random seeds and problems" : "t over problems", ours.problems());
    }

    /** Two-sided. */
    double pValue() {
        if (variance() == 0) {
            return difference == 0 ? 1 : 0;
        }
        double t = Math.abs(difference) / Math.sqrt(variance());
        return 2 * new TDistribution(degreesOfFreedom()).cumulativeProbability(-t);
    }

    /**
     * The least true difference that a repetition with more seeds an arm would find in 4 of 5 cases.
     *
     * @param more
     *            ≥ 0 further seeds for each arm
     * @param comparisons
     *            ≥ 1 made at once: the level is shared among them (Bonferroni, which Holm's first step is)
     */
    double detectable(int more, int comparisons) {
        double variance = Math.max(0, problemVariance - errorVariance);
        for (Arm arm : Arrays.asList(ours, theirs)) {
            double share = (double) arm.seeds() / (arm.seeds() + more);
            variance += share * (seedsMatter() ? Math.max(seedPart(arm), errorPart(arm)) : errorPart(arm));
        }
        double seeds = ours.seeds() + theirs.seeds() - 2.0;
        double freedom = seedsMatter()
                ? Math.min(ours.problems() - 1.0, degreesOfFreedom() * (seeds + 2 * more) / seeds)
                : ours.problems() - 1.0;
        TDistribution t = new TDistribution(freedom);
        double tail = (1 - Statistics.LEVEL) / 2 / comparisons;
        return (t.inverseCumulativeProbability(1 - tail) + t.inverseCumulativeProbability(0.8))
                * Math.sqrt(variance);
    }
}
