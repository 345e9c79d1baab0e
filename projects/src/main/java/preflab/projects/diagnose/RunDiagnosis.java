package preflab.projects.diagnose;

import java.util.List;

/**
 * What was found in one run.
 *
 * @param findings
 *            the worst first; empty where nothing is wrong that the logged figures could tell
 * @param rows
 *            whether its rows were looked at
 */
public record RunDiagnosis(int run, List<Finding> findings, Rows rows) {

    /** What is known of the rows that the run was trained on. */
    public enum Rows {
        /** They cannot be read: no checkpoint is left. */
        NONE,
        /** They can be read, see {@link Diagnosis#readRows}. */
        UNREAD,
        /** They were read, and what they say is among the findings. */
        READ
    }

    public RunDiagnosis {
        findings = List.copyOf(findings);
    }
}
