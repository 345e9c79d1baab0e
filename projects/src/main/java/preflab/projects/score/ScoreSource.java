package preflab.projects.score;

import java.util.List;
import java.util.OptionalInt;
import preflab.engine.train.Checkpoint;
import preflab.engine.train.RunSpec;
import preflab.projects.run.ModelRefs;
import preflab.projects.store.ProjectException;
import preflab.projects.store.StoredCheckpoint;
import preflab.projects.workspace.Workspace;

/** Whose log-probabilities: a run's after one of its steps, with its objective, or those of a model by itself. */
public sealed interface ScoreSource {

    /** How a run's best checkpoint is asked for: {@code run:3@best}. */
    String BEST = "best";

    /** How names of runs begin. */
    String RUN = "run:";

    /** As on the command line: {@code run:3@40}, {@code builtin:sums} or a folder. */
    String id();

    /** A run at one of its checkpoints. */
    record OfRun(int run, int step) implements ScoreSource {
        @Override
        public String id() {
            return RUN + run + "@" + step;
        }
    }

    /**
     * A model that no run trained, or whose run does not matter.
     *
     * @param reference
     *            {@code builtin:NAME} or a Hugging Face folder
     */
    record OfModel(String reference) implements ScoreSource {
        @Override
        public String id() {
            return reference;
        }
    }

    /**
     * The source of this name.
     *
     * @param name
     *            {@code run:3} for its last checkpoint, {@code run:3@40}, {@code run:3@best}; else a model
     * @throws ProjectException
     *             NO_SUCH_RUN, or NO_SUCH_MODEL if the run has no such checkpoint
     */
    static ScoreSource parse(Workspace workspace, String name) {
        if (name.startsWith(RUN) && name.endsWith("@" + BEST)) {
            String number = name.substring(RUN.length(), name.length() - BEST.length() - 1);
            return best(workspace, number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0);
        }
        return ModelRefs.checkpoint(workspace, name)
                .<ScoreSource>map(checkpoint -> new OfRun(checkpoint.run(), checkpoint.step()))
                .orElseGet(() -> new OfModel(name));
    }

    /** A run at its last checkpoint. */
    static ScoreSource last(Workspace workspace, int run) {
        return parse(workspace, RUN + run);
    }

    /**
     * A run at the checkpoint of its best evaluation.
     *
     * @throws ProjectException
     *             NO_SUCH_MODEL if none was kept
     */
    static ScoreSource best(Workspace workspace, int run) {
        return ModelRefs.best(workspace, run).map(best -> new OfRun(run, best.step()))
                .orElseThrow(() -> new ProjectException(ProjectException.Code.NO_SUCH_MODEL, "run " + run
                        + " kept no checkpoint of its best evaluation; set checkpoint.best_by to a held-out metric"));
    }

    /** The frozen model a run is held against: its reference, or the model it began with where it names none. */
    static ScoreSource reference(Workspace workspace, int run) {
        RunSpec spec = workspace.runs().spec(run);
        return parse(workspace, spec.reference().orElse(spec.model()));
    }
}
