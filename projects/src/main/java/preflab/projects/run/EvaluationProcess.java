package preflab.projects.run;

import java.util.List;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.importer.Progress;
import preflab.projects.workspace.Workspace;

/**
 * Lets the checkpoint that a run is judged by answer held-out problems in a process of its own ({@code evaluate … --json}); the answers
 * are kept in the project.
 *
 * @param launcher
 *            starts this program
 */
public record EvaluationProcess(SelfLauncher launcher) {

    /** With this program. */
    public static EvaluationProcess ofThisProgram() {
        return new EvaluationProcess(SelfLauncher.thisProgram());
    }

    /**
     * Blocks until the answers are kept.
     *
     * @return the share of right answers
     * @throws InterruptedException
     *             the process is ended then, and nothing is kept
     */
    public double evaluate(Workspace workspace, int run, DatasetVersionId problems, Progress progress)
            throws InterruptedException {
        return new ChildCommand(launcher).run(workspace,
                List.of("evaluate", Integer.toString(run), "--dataset", problems.dataset() + "@" + problems.version(),
                        "--project", workspace.folder().toString(), "--json", "--progress"),
                "{\"metrics\"", "evaluating run " + run, progress).path("metrics").path("eval/accuracy").asDouble();
    }
}
