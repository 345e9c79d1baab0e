package preflab.projects.diagnose;

import java.util.List;

/**
 * What was found in one run.
 *
 * @param findings
 *            the worst first; empty where nothing is wrong that the logged figures could tell
 * @param unseen
 *            what could not be looked for, as too little was logged, in words
 * @param rows
 *            whether its rows were looked at
 */
public record RunDiagnosis(int run, List<Finding> findings, List<String> unseen, Rows rows) {

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
        unseen = List.copyOf(unseen);
    }

    /** One sentence about what was not found, to stand where nothing was. */
    public String nothing() {
        return unseen.isEmpty()
                ? "Nothing found in what it logged."
                : "Nothing found. Too little was logged to look for " + String.join(", ", unseen) + ".";
    }
}
