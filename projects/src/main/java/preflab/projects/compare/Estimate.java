package preflab.projects.compare;

import java.util.Optional;

/**
 * The last value of one metric of one run.
 *
 * @param step
 *            where it was measured
 * @param value
 *            may be NaN or infinite
 * @param interval
 *            where the rows behind the value are stored
 * @param versusBaseline
 *            against the baseline run, where both have the same rows; empty for the baseline itself
 * @param versusStart
 *            against the same run before training (step 0), where that was measured on the same rows
 */
public record Estimate(long step, double value, Optional<Interval> interval, Optional<PairedDifference> versusBaseline,
        Optional<PairedDifference> versusStart) {
}
