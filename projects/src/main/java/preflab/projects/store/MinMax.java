package preflab.projects.store;

/** Thins a series to what a line of so many pixels can show: no peak is lost. */
public final class MinMax {

    private MinMax() {
    }

    /** Steps per bucket where the steps from … to are cut into buckets of equal width; at least one. */
    static double width(long from, long to, int buckets) {
        return Math.max(1, (to - from + 1) / (double) buckets);
    }

    /**
     * Of each bucket of equal width the points with the least and the greatest value and the first NaN, by step.
     *
     * @param from
     *            first step of the first bucket
     * @param to
     *            last step of the last bucket
     * @param buckets
     *            at least 1; a point per step at most
     */
    public static Series thin(Series series, long from, long to, int buckets) {
        double width = width(from, to, buckets);
        Points points = new Points();
        int start = 0;
        while (start < series.size()) {
            long bucket = bucket(series.step(start), from, width);
            int end = start + 1;
            while (end < series.size() && bucket(series.step(end), from, width) == bucket) {
                end++;
            }
            addExtremes(series, start, end, points);
            start = end;
        }
        return points.toSeries();
    }

    private static long bucket(long step, long from, double width) {
        return (long) Math.floor((step - from) / width);
    }

    private static void addExtremes(Series series, int start, int end, Points points) {
        int least = -1;
        int greatest = -1;
        int nan = -1;
        for (int i = start; i < end; i++) {
            double value = series.value(i);
            if (Double.isNaN(value)) {
                nan = nan < 0 ? i : nan;
            } else {
                least = least < 0 || value < series.value(least) ? i : least;
                greatest = greatest < 0 || value > series.value(greatest) ? i : greatest;
            }
        }
        for (int i = start; i < end; i++) {
            if (i == least || i == greatest || i == nan) {
                points.add(series.step(i), series.value(i));
            }
        }
    }
}
