package preflab.projects.diagnose;

import java.util.List;

/**
 * Something about a run that its owner should know.
 *
 * @param id
 *            stable, for example {@code likelihood-displacement}
 * @param title
 *            what it is, in a few words
 * @param evidence
 *            the figures it rests on and where they stand
 * @param advice
 *            what to try
 * @param metrics
 *            what to chart to see it, the most telling first; those that the run logged
 * @param rows
 *            rows it was trained on in which it is seen, the worst first; none where rows were not read
 * @param remedies
 *            what the loss and others do at these rows, see {@link #SCOPE}; none where that was not worked out
 */
public record Finding(String id, Level level, String title, String evidence, String advice, List<String> metrics,
        List<SeenRow> rows, List<Remedy> remedies) {

    /** What remedies say and what they do not: goes with them. */
    public static final String SCOPE = "How hard each loss would pull in its next step, at the tokens of the displaced"
            + " rows that were read and where they stand now (mean of |dL/dlogp| over tokens). A first-order figure: it"
            + " does not say where training with that loss would end; train a run to see.";

    public Finding {
        metrics = List.copyOf(metrics);
        rows = List.copyOf(rows);
        remedies = List.copyOf(remedies);
    }

    /**
     * A loss at the rows in which something is seen.
     *
     * @param loss
     *            which, for example {@code beta × 5}
     * @param up
     *            how hard it pulls chosen answers up
     * @param down
     *            how hard it pushes rejected answers down
     * @param effect
     *            what that means, in words
     */
    public record Remedy(String loss, double up, double down, String effect) {
    }

    /**
     * A row in which something is seen.
     *
     * @param row
     *            counted from 0
     * @param words
     *            what is seen there
     */
    public record SeenRow(int row, String words) {
    }

    /** How bad it is. */
    public enum Level {
        /** Good to know; often as meant. */
        NOTE,
        /** The run is probably not what was wanted. */
        WARNING
    }

    static Finding note(String id, String title, String evidence, String advice, String... metrics) {
        return new Finding(id, Level.NOTE, title, evidence, advice, List.of(metrics), List.of(), List.of());
    }

    static Finding warning(String id, String title, String evidence, String advice, String... metrics) {
        return new Finding(id, Level.WARNING, title, evidence, advice, List.of(metrics), List.of(), List.of());
    }

    /** Without the metrics that were not logged. */
    Finding seenIn(Trace trace) {
        return new Finding(id, level, title, evidence, advice,
                metrics.stream().filter(metric -> !trace.of(metric).isEmpty()).toList(), rows, remedies);
    }

    /** With what its rows add. */
    Finding with(String moreEvidence, List<SeenRow> seen, List<Remedy> tried) {
        return new Finding(id, level, title, (evidence + " " + moreEvidence).strip(), advice, metrics, seen, tried);
    }
}
