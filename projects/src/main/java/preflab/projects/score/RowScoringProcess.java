package preflab.projects.score;

import java.util.List;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.importer.Progress;
import preflab.projects.run.ChildCommand;
import preflab.projects.run.SelfLauncher;
import preflab.projects.store.ProjectException;
import preflab.projects.workspace.Workspace;

/**
 * {@link RowScoring#make} in a process of its own ({@code score … --json}), so that a window never loads a model.
 *
 * @param launcher
 *            starts this program
 */
public record RowScoringProcess(SelfLauncher launcher) {

    /** With this program. */
    public static RowScoringProcess ofThisProgram() {
        return new RowScoringProcess(SelfLauncher.thisProgram());
    }

    /**
     * As {@link RowScoring#make}; blocks until the process has ended.
     *
     * @throws InterruptedException
     *             the process is ended then; the rows it has read stay read
     */
    public RowScores make(Workspace workspace, ScoreSource source, DatasetVersionId dataset, int rows,
            Progress progress) throws InterruptedException {
        List<String> arguments = List.of("score", "--model", source.id(), "--dataset",
                dataset.dataset() + "@" + dataset.version(), "--rows", Integer.toString(rows), "--project",
                workspace.folder().toString(), "--json");
        new ChildCommand(launcher).run(workspace, arguments, "{\"event\":\"scored\"",
                "scoring rows with " + source.id(),
                progress);
        return RowScoring.kept(workspace, source, dataset, rows)
                .orElseThrow(() -> new ProjectException(ProjectException.Code.SYSTEM,
                        "the weights of " + source.id() + " changed while rows were scored; score them again"));
    }
}
