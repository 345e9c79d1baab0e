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
 */
public record Finding(String id, Level level, String title, String evidence, String advice, List<String> metrics) {

    public Finding {
        metrics = List.copyOf(metrics);
    }

    /** How bad it is. */
    public enum Level {
        /** Good to know; often as meant. */
        NOTE,
        /** The run is probably not what was wanted. */
        WARNING
    }

    static Finding note(String id, String title, String evidence, String advice, String... metrics) {
        return new Finding(id, Level.NOTE, title, evidence, advice, List.of(metrics));
    }

    static Finding warning(String id, String title, String evidence, String advice, String... metrics) {
        return new Finding(id, Level.WARNING, title, evidence, advice, List.of(metrics));
    }

    /** Without the metrics that were not logged. */
    Finding seenIn(Trace trace) {
        return new Finding(id, level, title, evidence, advice,
                metrics.stream().filter(metric -> !trace.of(metric).isEmpty()).toList());
    }
}
