package preflab.projects.diagnose;

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
 */
public record Finding(String id, Level level, String title, String evidence, String advice) {

    /** How bad it is. */
    public enum Level {
        /** Good to know; often as meant. */
        NOTE,
        /** The run is probably not what was wanted. */
        WARNING
    }

    static Finding note(String id, String title, String evidence, String advice) {
        return new Finding(id, Level.NOTE, title, evidence, advice);
    }

    static Finding warning(String id, String title, String evidence, String advice) {
        return new Finding(id, Level.WARNING, title, evidence, advice);
    }
}
