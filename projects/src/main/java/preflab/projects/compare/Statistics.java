package preflab.projects.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.hipparchus.stat.inference.AlternativeHypothesis;
import org.hipparchus.stat.inference.BinomialTest;
import org.hipparchus.stat.interval.BinomialProportion;
import org.hipparchus.stat.interval.ConfidenceInterval;

/** The few statistics that comparisons rest on. */
public final class Statistics {

    /** Level of every interval shown. */
    public static final double LEVEL = 0.95;

    static final String SCOPE = "these seeds only";

    /** Goes with intervals and differences of single runs. */
    public static final String OVER_PROBLEMS = "Intervals, differences and p of single runs are over problems alone:"
            + " these seeds only. Evidence weighs seeds as well.";
    private static final int RESAMPLES = 2000;
    private static final long BOOTSTRAP_SEED = 20_260_101L;

    private Statistics() {
    }

    /** In words, never as 0: {@code p < 0.001}, {@code p = 0.023}, {@code p = 0.41}. */
    public static String p(double value) {
        return value < 0.001
                ? "p < 0.001"
                : String.format(Locale.ROOT, value < 0.1 ? "p = %.3f" : "p = %.2f", value);
    }

    /** Wilson's score interval of a share: right even near 0 and 1 and for few rows. */
    public static Interval wilson(int right, int n) {
        ConfidenceInterval interval = BinomialProportion.getWilsonScoreInterval(n, (double) right / n, LEVEL);
        return new Interval(Math.max(0, interval.getLowerBound()), Math.min(1, interval.getUpperBound()), LEVEL,
                "Wilson", n);
    }

    /**
     * Difference of two shares measured on the same rows.
     *
     * @param ours
     *            whether this run got row i right
     * @param theirs
     *            whether the other one did; as many
     */
    static PairedDifference paired(boolean[] ours, boolean[] theirs) {
        int better = 0;
        int worse = 0;
        for (int i = 0; i < ours.length; i++) {
            better += ours[i] && !theirs[i] ? 1 : 0;
            worse += theirs[i] && !ours[i] ? 1 : 0;
        }
        return new PairedDifference((double) (better - worse) / ours.length, bootstrap(better, worse, ours.length),
                mcNemar(better, worse), better, worse, SCOPE);
    }

    /** Exact McNemar: were both equally good, each discordant row would be a fair coin. */
    static double mcNemar(int better, int worse) {
        int discordant = better + worse;
        return discordant == 0
                ? 1
                : Math.min(1, new BinomialTest().binomialTest(discordant, better, 0.5,
                        AlternativeHypothesis.TWO_SIDED));
    }

    /**
     * Percentile bootstrap over rows. A row's difference is +1, 0 or −1, so a resample is known by its numbers of each:
     * how many of n draws are discordant, Binomial(n, (b + w) / n), and how many of those are better, fair shares
     * b : w. Drawn like that it costs the discordant rows only.
     */
    private static Interval bootstrap(int better, int worse, int n) {
        SplittableRandom random = new SplittableRandom(BOOTSTRAP_SEED);
        double[] discordantAtMost = cumulative(n, (double) (better + worse) / n);
        double[] means = new double[RESAMPLES];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            int found = Arrays.binarySearch(discordantAtMost, random.nextDouble());
            int discordant = Math.min(n, found >= 0 ? found : -found - 1);
            int sum = 0;
            for (int i = 0; i < discordant; i++) {
                sum += random.nextInt(better + worse) < better ? 1 : -1;
            }
            means[resample] = (double) sum / n;
        }
        Arrays.sort(means);
        int tail = (int) Math.round(RESAMPLES * (1 - LEVEL) / 2);
        return new Interval(means[tail], means[RESAMPLES - 1 - tail], LEVEL, "paired bootstrap over rows", n);
    }

    private static double[] cumulative(int n, double p) {
        BinomialDistribution distribution = new BinomialDistribution(n, p);
        double[] atMost = new double[n + 1];
        double sum = 0;
        for (int k = 0; k <= n; k++) {
            sum += distribution.probability(k);
            atMost[k] = sum;
        }
        return atMost;
    }
}
