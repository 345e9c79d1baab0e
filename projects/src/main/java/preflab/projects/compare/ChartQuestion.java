package preflab.projects.compare;

/**
 * How metrics are asked to be drawn.
 *
 * @param axis
 *            what the horizontal axis counts
 * @param seedsAsBands
 *            whether runs alike but for the seed are one line, their mean, within a band of a standard deviation
 * @param fromStep
 *            first step read in detail
 * @param toStep
 *            last step read in detail
 * @param smoothing
 *            weight of the past where lines are smoothed, over all their points; 0 where they are not
 */
public record ChartQuestion(XAxis axis, boolean seedsAsBands, long fromStep, long toStep, double smoothing) {

    /** Every run over all its steps. */
    public static final ChartQuestion ALL = new ChartQuestion(XAxis.STEP, false, 0, Integer.MAX_VALUE, 0);

    public ChartQuestion withAxis(XAxis other) {
        return new ChartQuestion(other, seedsAsBands, fromStep, toStep, smoothing);
    }

    public ChartQuestion withBands(boolean bands) {
        return new ChartQuestion(axis, bands, fromStep, toStep, smoothing);
    }

    /** The same over some steps only, in more detail. */
    public ChartQuestion between(long from, long to) {
        return new ChartQuestion(axis, seedsAsBands, from, to, smoothing);
    }

    public ChartQuestion withSmoothing(double weight) {
        return new ChartQuestion(axis, seedsAsBands, fromStep, toStep, weight);
    }
}
