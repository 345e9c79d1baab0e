package preflab.datasets.label;

/**
 * How far a session is.
 *
 * @param complete
 *            items with all verdicts
 * @param items
 *            places in the queue, repeated rows included
 * @param perMinute
 *            items completed per minute over the last ones of this sitting; 0 before the second
 */
public record Progress(int complete, int skipped, int flagged, int items, double perMinute) {
}
