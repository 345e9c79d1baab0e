package preflab.projects.compare;

/**
 * A confidence interval that says how it was made.
 *
 * @param level
 *            0.95 for 95 %
 * @param method
 *            for example {@code Wilson}
 * @param n
 *            observations it rests on
 */
public record Interval(double low, double high, double level, String method, int n) {
}
