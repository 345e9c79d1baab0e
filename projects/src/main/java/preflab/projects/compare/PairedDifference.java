package preflab.projects.compare;

/**
 * This run minus another over the same rows.
 *
 * @param difference
 *            in accuracy, −1 … 1
 * @param interval
 *            paired bootstrap over rows, seeded
 * @param pValue
 *            exact McNemar test, two-sided
 * @param better
 *            rows only this run got right
 * @param worse
 *            rows only the other got right
 * @param scope
 *            what it speaks about: {@code these seeds only}
 */
public record PairedDifference(double difference, Interval interval, double pValue, int better, int worse,
        String scope) {
}
