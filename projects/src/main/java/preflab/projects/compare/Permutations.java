package preflab.projects.compare;

import java.util.SplittableRandom;

/** Paired permutation test clustered by problem, and the correction for asking several questions. */
final class Permutations {

    private static final int DRAWS = 4999;
    private static final long SEED = 20_260_102L;

    private Permutations() {
    }

    /**
     * Were both arms alike, a problem's answers could be exchanged between them, all seeds together: the sign of its
     * difference is a fair coin. Two-sided; the observed arrangement counts as one (Phipson &amp; Smyth 2010), so p is
     * never 0. Speaks about these seeds only.
     */
    static double pValue(Arm ours, Arm theirs) {
        double[] differences = ours.problemMeans();
        double[] others = theirs.problemMeans();
        double sum = 0;
        for (int i = 0; i < differences.length; i++) {
            differences[i] -= others[i];
            sum += differences[i];
        }
        double observed = Math.abs(sum) - 1e-9; // equal sums must count in whatever order they were added
        SplittableRandom random = new SplittableRandom(SEED);
        int extreme = 1;
        for (int draw = 0; draw < DRAWS; draw++) {
            extreme += Math.abs(flipped(differences, random)) >= observed ? 1 : 0;
        }
        return (double) extreme / (DRAWS + 1);
    }

    private static double flipped(double[] differences, SplittableRandom random) {
        double sum = 0;
        long coins = 0;
        for (int i = 0; i < differences.length; i++) {
            coins = i % Long.SIZE == 0 ? random.nextLong() : coins >>> 1;
            sum += (coins & 1) == 0 ? differences[i] : -differences[i];
        }
        return sum;
    }

    /**
     * Holm (1979): p-values corrected so that the chance of any false claim among all of them stays below the level.
     *
     * @return in the order given
     */
    static double[] holm(double... p) {
        double[] corrected = new double[p.length];
        boolean[] done = new boolean[p.length];
        double floor = 0;
        for (int rank = 0; rank < p.length; rank++) {
            int least = -1;
            for (int i = 0; i < p.length; i++) {
                least = !done[i] && (least < 0 || p[i] < p[least]) ? i : least;
            }
            done[least] = true;
            floor = Math.max(floor, Math.min(1, p[least] * (p.length - rank)));
            corrected[least] = floor;
        }
        return corrected;
    }
}
