package preflab.projects.run;

import java.nio.file.Path;
import java.util.Optional;
import preflab.datasets.example.ExampleView;
import preflab.engine.batch.DataSurvey;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.model.HfFolder;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.train.RowPreview;
import preflab.engine.train.RunSpec;
import preflab.projects.workspace.Workspace;

/** Finds out before a run is entered whether its rows leave it anything to learn from, and what of them is cut. */
public final class LaunchCheck {

    /**
     * What a run's rows come to.
     *
     * @param refusal
     *            why the run would be refused as soon as it has tokenised its rows; empty if nothing stands against it
     * @param cut
     *            how many rows are cut on which side or left out as too long, and which; empty if none are
     */
    public record Rows(Optional<String> refusal, Optional<String> cut) {
    }

    private LaunchCheck() {
    }

    /** As {@link #rows}, only whether the run is refused. */
    public static Optional<String> refusal(Workspace workspace, RunSpec spec) {
        return rows(workspace, spec).refusal();
    }

    /**
     * Looks at every row. Takes as long as tokenising them, and loads no weights. The objective must exist and read rows
     * of this kind.
     */
    public static Rows rows(Workspace workspace, RunSpec spec) {
        Path folder = ModelRefs.resolve(workspace, spec.model());
        ObjectiveType<?> type = Objectives.find(spec.objective()).orElseThrow();
        ExampleView rows = workspace.datasets().view(spec.dataset());
        try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
            RowPreview preview = new RowPreview(type, spec.hyper(), spec.settings(), tokenizer,
                    HfFolder.open(folder).config().maxPositions());
            DataSurvey survey = preview.survey(rows, done -> {
            }, () -> false);
            return new Rows(
                    preview.refusal(survey).map(why -> spec.dataset().display() + " is not trained on: " + why),
                    preview.cutReport(survey));
        }
    }
}
