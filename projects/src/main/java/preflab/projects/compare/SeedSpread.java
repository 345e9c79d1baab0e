package preflab.projects.compare;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import preflab.projects.store.Series;

/**
 * Mean of one metric over runs that differ in their seed, at the steps at which all of them logged it, and that mean
 * minus and plus the sample standard deviation (n − 1).
 */
record SeedSpread(Series mean, Series low, Series high) {

    /**
     * Takes the spread of some runs.
     *
     * @param runs
     *            two or more
     */
    static SeedSpread of(List<Series> runs) {
        long[] steps = common(runs);
        double[][] values = runs.stream().map(series -> at(series, steps)).toArray(double[][]::new);
        double[] mean = new double[steps.length];
        double[] deviation = new double[steps.length];
        for (int i = 0; i < steps.length; i++) {
            int step = i;
            double average = Arrays.stream(values).mapToDouble(run -> run[step]).average().orElse(Double.NaN);
            double squares = Arrays.stream(values).mapToDouble(run -> (run[step] - average) * (run[step] - average))
                    .sum();
            mean[i] = average;
            deviation[i] = Math.sqrt(squares / (values.length - 1));
        }
        return new SeedSpread(Series.of(steps, mean), edge(steps, mean, deviation, -1),
                edge(steps, mean, deviation, 1));
    }

    private static long[] common(List<Series> runs) {
        List<long[]> all = runs.stream().map(Series::steps).toList(); // copied once, not for every step
        return Arrays.stream(all.getFirst())
                .filter(step -> all.stream().allMatch(steps -> Arrays.binarySearch(steps, step) >= 0)).toArray();
    }

    private static double[] at(Series series, long[] steps) {
        long[] all = series.steps();
        return Arrays.stream(steps).mapToDouble(step -> series.value(Arrays.binarySearch(all, step))).toArray();
    }

    private static Series edge(long[] steps, double[] mean, double[] deviation, int side) {
        return Series.of(steps, IntStream.range(0, steps.length).mapToDouble(i -> mean[i] + side * deviation[i])
                .toArray());
    }
}
