package preflab.projects.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import preflab.engine.train.Checkpoint;
import preflab.engine.train.RunEvent;
import preflab.engine.train.TrainException;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunState;
import preflab.projects.store.RunStore;
import preflab.projects.store.StoredCheckpoint;

/**
 * Where a run goes on, and what is different from when it was started last.
 *
 * @param checkpoint
 *            the newest one that is whole; empty begins anew
 * @param before
 *            the environment of the last start
 * @param damaged
 *            why newer checkpoints cannot be used
 */
record Resumption(int run, Optional<Checkpoint> checkpoint, Map<String, String> before, List<String> damaged) {

    /** Facts whose change makes it another run. */
    private static final List<String> INPUTS = List.of("dataset_sha256", "evaluation_sha256", "model_sha256",
            "reference_sha256");

    static void requireResumable(RunStore runs, int run) {
        RunState state = runs.state(run);
        if (!state.isResumable()) {
            throw new ProjectException(ProjectException.Code.WRONG_STATE, "run " + run + " is " + state
                    + "; only a run that is STOPPED, FAILED or INTERRUPTED can be resumed"
                    + (state == RunState.DIVERGED ? ": one that diverged would log the same again" : ""));
        }
    }

    static Resumption of(RunStore runs, int run) {
        List<String> damaged = new ArrayList<>();
        Optional<Checkpoint> found = Optional.empty();
        for (StoredCheckpoint stored : runs.checkpoints(run).reversed()) {
            try {
                found = Optional.of(Checkpoint.open(stored.folder()));
                break;
            } catch (TrainException e) {
                damaged.add(e.getMessage()); // kept checkpoints are few: the older ones are gone on purpose
            }
        }
        return new Resumption(run, found, runs.environment(run), damaged);
    }

    int lastStepKept() {
        return checkpoint.map(Checkpoint::lastStepKept).orElse(-1);
    }

    /**
     * Says from where the run goes on and every fact that differs.
     *
     * @throws ProjectException
     *             if weights or rows have changed: going on would mix two runs
     */
    RunEvent.Warned report(Map<String, String> now) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            String was = before.getOrDefault(name, "unknown");
            String is = now.getOrDefault(name, "unknown");
            if (!was.equals(is) && before.containsKey(name) && INPUTS.contains(name)) {
                throw new ProjectException(ProjectException.Code.WRONG_STATE, "run " + run
                        + " cannot go on: since it began, " + name + " changed from " + was + " to " + is);
            }
            if (!was.equals(is)) {
                differences.add(name + " was " + was + ", is " + is);
            }
        }
        String from = checkpoint.map(c -> "resumed from the checkpoint after step " + c.step())
                .orElse("resumed from the beginning: there is no usable checkpoint");
        String different = differences.isEmpty()
                ? "no setting differs"
                : "different now: " + String.join("; ", differences);
        String lost = damaged.isEmpty()
                ? ""
                : "; not used: " + String.join("; ", damaged);
        return new RunEvent.Warned(checkpoint.map(Checkpoint::step).orElse(0), "resumed",
                from + "; " + different + lost);
    }
}
