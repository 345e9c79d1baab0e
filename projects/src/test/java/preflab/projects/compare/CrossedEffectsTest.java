package preflab.projects.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.stat.inference.TTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossedEffectsTest {

    private static final int PROBLEMS = 200;

    @Test
    void oneSeedEachIsThePairedTTestOverProblems() {
        double[] ours = {1, 0, 1, 1, 0, 1, 1, 1, 0, 1};
        double[] theirs = {0, 0, 1, 0, 0, 1, 0, 1, 1, 1};
        CrossedEffects effects = new CrossedEffects(new Arm(List.of(ours)), new Arm(List.of(theirs)));

        assertThat(effects.difference()).isEqualTo(0.2, within(1e-12));
        assertThat(effects.pValue()).isEqualTo(new TTest().pairedTTest(ours, theirs), within(1e-9));
        assertThat(effects.seedsKnown()).isFalse();
    }

    /** Problems that answer alike leave only the seeds: Welch's test on the seeds' means. */
    @Test
    void withoutDifferencesBetweenProblemsItIsWelchsTestOverSeeds() {
        double[] ours = {0.7, 0.74, 0.69};
        double[] theirs = {0.61, 0.66, 0.6};
        CrossedEffects effects = new CrossedEffects(constant(ours), constant(theirs));

        assertThat(effects.pValue()).isEqualTo(new TTest().tTest(ours, theirs), within(1e-9));
    }

    private static Arm constant(double[] seeds) {
        List<double[]> rows = new ArrayList<>();
        for (double seed : seeds) {
            rows.add(new double[]{seed, seed, seed, seed});
        }
        return new Arm(rows);
    }

    /** Means of seeds 2 and 4, of problems 2 and 4; what is left over is 0, so V = 2/2 + 2/2 of each arm alone. */
    @Test
    void variancePartsFollowTheWorkedExample() {
        Arm ours = new Arm(List.of(new double[]{1, 3}, new double[]{3, 5}));
        Arm still = new Arm(List.of(new double[]{0, 0}, new double[]{0, 0}));

        assertThat(ours.residualMeanSquare()).isEqualTo(0, within(1e-12));
        CrossedEffects effects = new CrossedEffects(ours, still);
        assertThat(effects.difference()).isEqualTo(3);
        assertThat(effects.variance()).isEqualTo(2, within(1e-12));
        // ν = 2² / (1²/1 + 1²/1)
        assertThat(effects.degreesOfFreedom()).isEqualTo(2, within(1e-12));
    }

    @Test
    void moreSeedsDetectSmallerDifferences() {
        SplittableRandom random = new SplittableRandom(5);
        CrossedEffects effects = new CrossedEffects(draw(random, 3, 0.3, 0.5), draw(random, 3, 0.3, 0.5));

        assertThat(effects.detectable(3, 1)).isLessThan(effects.detectable(0, 1));
        assertThat(effects.detectable(0, 1)).isGreaterThan(effects.interval().high() - effects.difference());
        assertThat(effects.detectable(3, 4)).as("the level is shared").isGreaterThan(effects.detectable(3, 1));
    }

    /**
     * What three seeds a side say on average that three more would detect, those six find in about four of five cases.
     */
    @Test
    void theDetectableDifferenceIsFoundInFourOfFiveCases() {
        SplittableRandom random = new SplittableRandom(29);
        int trials = 600;
        double[] told = new double[trials];
        for (int trial = 0; trial < trials; trial++) {
            double[] problems = normals(random, PROBLEMS, 1);
            told[trial] = new CrossedEffects(draw(random, 3, 0.2, 0, problems), draw(random, 3, 0.2, 0, problems))
                    .detectable(3, 1);
        }
        Arrays.sort(told);
        // a shift by s logits moves the accuracy by s·E[σ'(x)], E[σ'] = 0.206 for x ~ N(0, 1 + 0.2²)
        double shift = told[trials / 2] / 0.206;
        int found = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] problems = normals(random, PROBLEMS, 1);
            CrossedEffects six = new CrossedEffects(draw(random, 6, 0.2, shift, problems),
                    draw(random, 6, 0.2, 0, problems));
            found += six.pValue() < 0.05 ? 1 : 0;
        }
        assertThat((double) found / trials).isBetween(0.7, 0.9);
    }

    @Test
    void holmMatchesThePublishedExample() {
        // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") = 0.03 0.06 0.06 0.02
        assertThat(Permutations.holm(0.01, 0.04, 0.03, 0.005)).containsExactly(new double[]{0.03, 0.06, 0.06, 0.02},
                within(1e-12));
    }

    @Test
    void theClusteredPermutationTestAgreesWithTheExactOne() {
        // 8 better, 2 worse of 20: exact sign test 112/1024
        double[] ours = new double[20];
        double[] theirs = new double[20];
        for (int i = 0; i < 10; i++) {
            (i < 8 ? ours : theirs)[i] = 1;
        }
        assertThat(Permutations.pValue(new Arm(List.of(ours)), new Arm(List.of(theirs)))).isEqualTo(112 / 1024.0,
                within(0.012));
        assertThat(Permutations.pValue(new Arm(List.of(ours)), new Arm(List.of(ours)))).isEqualTo(1);
    }

    /**
     * Right or wrong answers of S seeds an arm on 200 problems, a true difference of 0.4 in logits between arms: the
     * interval holds the true difference of accuracies in 93 to 97 of 100 cases, and where there is none it claims one
     * in at most 5 of 100 cases.
     */
    @ParameterizedTest
    @Tag("slow")
    @CsvSource({"3,0.15", "3,0.3", "3,0.5", "5,0.15", "5,0.3", "5,0.5", "10,0.15", "10,0.3", "10,0.5"})
    void intervalsCoverAndClaimsAreRarelyFalse(int seeds, double seedSpread) {
        SplittableRandom random = new SplittableRandom(17 + seeds);
        double truth = accuracy(seedSpread, 0.4) - accuracy(seedSpread, 0);
        int trials = 20_000;
        int covered = 0;
        int claimed = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] problems = normals(random, PROBLEMS, 1);
            Arm ours = draw(random, seeds, seedSpread, 0.4, problems);
            Arm theirs = draw(random, seeds, seedSpread, 0, problems);
            Interval interval = new CrossedEffects(ours, theirs).interval();
            covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
            Arm same = draw(random, seeds, seedSpread, 0, problems);
            claimed += new CrossedEffects(same, theirs).pValue() < 0.05 ? 1 : 0;
        }
        assertThat((double) covered / trials).as("coverage").isBetween(0.93, 0.97);
        assertThat((double) claimed / trials).as("false claims").isLessThanOrEqualTo(0.05);
    }

    private static double accuracy(double seedSpread, double shift) {
        SplittableRandom random = new SplittableRandom(1);
        double sum = 0;
        for (int i = 0; i < 400_000; i++) {
            sum += sigmoid(shift + normal(random) * Math.sqrt(1 + seedSpread * seedSpread));
        }
        return sum / 400_000;
    }

    private static Arm draw(SplittableRandom random, int seeds, double seedSpread, double shift) {
        return draw(random, seeds, seedSpread, shift, normals(random, PROBLEMS, 1));
    }

    private static Arm draw(SplittableRandom random, int seeds, double seedSpread, double shift, double[] problems) {
        List<double[]> rows = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            double effect = shift + seedSpread * normal(random);
            double[] row = new double[problems.length];
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextDouble() < sigmoid(effect + problems[i]) ? 1 : 0;
            }
            rows.add(row);
        }
        return new Arm(rows);
    }

    private static double[] normals(SplittableRandom random, int n, double spread) {
        return random.doubles(n).map(_ -> spread * normal(random)).toArray();
    }

    private static double normal(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
