package preflab.projects.store;

/** Thins a series to what a line of so many pixels can show: no peak is lost. */
public final class MinMax {

    private MinMax() {
    }

    /**
     * Steps to a bucket where the steps from … to are cut into so many at most: a power of two, so that buckets of any
     * width are made of whole smaller ones.
     */
    static long width(long from, long to, int buckets) {
        long width = 1;
        while (width * buckets < to - from + 1) {
            width *= 2;
        }
        return width;
    }

    /**
     * Of each bucket of equal width the points with the least and the greatest value and the first NaN, by step. Buckets
     * begin at multiples of their width, a power of two.
     *
     * @param from
     *            first step that is shown
     * @param to
     *            last step that is shown
     * @param buckets
     *            at least 1, and one more where the first and the last are cut; a point per step at most
     */
    public static Series thin(Series series, long from, long to, int buckets) {
        return thin(series, width(from, to, buckets));
    }

    static Series thin(Series series, long width) {
        if (width == 1) {
            return series;
        }
        Points points = new Points();
        int start = 0;
        while (start < series.size()) {
            long bucket = Math.floorDiv(series.step(start), width);
            int end = start + 1;
            while (end < series.size() && Math.floorDiv(series.step(end), width) == bucket) {
                end++;
            }
            addExtremes(series, start, end, points);
            start = end;
        }
        return points.toSeries();
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
