package preflab.projects.diagnose;

import java.util.List;

/**
 * What was found in one run.
 *
 * @param findings
 *            the worst first; empty where nothing is wrong that the logged figures could tell
 */
public record RunDiagnosis(int run, List<Finding> findings) {
    public RunDiagnosis {
        findings = List.copyOf(findings);
    }
}
