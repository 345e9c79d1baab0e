package preflab.projects.export;

import preflab.projects.store.Pending;
import java.nio.file.Path;
import preflab.projects.workspace.Workspace;

/** The metrics of a run as files for other programs. */
public final class MetricExport {

    private MetricExport() {
    }

    /** {@code step,key,value} lines; NaN, Infinity and -Infinity are written as such. */
    public static void csv(Workspace workspace, int run, Path file) {
        Pending.value();
    }

    /** One JSON object: spec, environment, outcome and every metric's points. */
    public static void json(Workspace workspace, int run, Path file) {
        Pending.value();
    }
}
