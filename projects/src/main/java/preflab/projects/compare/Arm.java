package preflab.projects.compare;

import java.util.Arrays;
import java.util.List;

/** Outcomes of one way of training: its runs, alike but for the seed, on the same problems. Immutable. */
final class Arm {

    private final List<double[]> outcomes;

    /**
     * Takes over a table of outcomes.
     *
     * @param outcomes
     *            [S,P]: a row for each of S ≥ 1 seeds, a column for each of P ≥ 2 problems; 1 for right, 0 for wrong, or
     *            any other score
     */
    Arm(List<double[]> outcomes) {
        boolean ragged = outcomes.stream().mapToInt(row -> row.length).distinct().count() != 1;
        if (ragged || outcomes.getFirst().length < 2) {
            throw new IllegalArgumentException("an arm needs a seed and two problems, all seeds on the same problems");
        }
        this.outcomes = outcomes.stream().map(double[]::clone).toList();
    }

    int seeds() {
        return outcomes.size();
    }

    int problems() {
        return outcomes.getFirst().length;
    }

    double mean() {
        return Arrays.stream(seedMeans()).average().orElseThrow();
    }

    /** [S] */
    double[] seedMeans() {
        return outcomes.stream().mapToDouble(row -> Arrays.stream(row).average().orElseThrow()).toArray();
    }

    /** [P] */
    double[] problemMeans() {
        double[] means = new double[problems()];
        for (int problem = 0; problem < means.length; problem++) {
            for (double[] row : outcomes) {
                means[problem] += row[problem] / outcomes.size();
            }
        }
        return means;
    }

    /** Mean square of what neither seed nor problem explains, over (S − 1)(P − 1) degrees of freedom; 0 for one seed. */
    double residualMeanSquare() {
        if (seeds() == 1) {
            return 0;
        }
        double[] bySeed = seedMeans();
        double[] byProblem = problemMeans();
        double mean = mean();
        double sum = 0;
        for (int seed = 0; seed < seeds(); seed++) {
            for (int problem = 0; problem < problems(); problem++) {
                double rest = outcomes.get(seed)[problem] - bySeed[seed] - byProblem[problem] + mean;
                sum += rest * rest;
            }
        }
        return sum / ((seeds() - 1.0) * (problems() - 1.0));
    }
}
