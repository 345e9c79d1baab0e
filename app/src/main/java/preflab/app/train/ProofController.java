package preflab.app.train;

import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Activities;
import preflab.app.task.Activity;
import preflab.app.task.Work;
import preflab.projects.run.ResumeProof;

/** Proves on a run's own configuration that killing and resuming it does no harm. One proof at a time. */
public final class ProofController {

    /** Steps of each run, of which four write checkpoints: few, as a person waits for them. */
    public static final int STEPS = 12;
    /** Processes killed. */
    public static final int KILLS = 3;

    /** Runs the proof; takes minutes. */
    @FunctionalInterface
    public interface Prover {
        /**
         * See {@link ResumeProof}.
         *
         * @param run
         *            whose configuration is tried
         * @param progress
         *            hears what has been done, on any thread
         */
        ResumeProof.Result prove(int run, Consumer<String> progress);
    }

    private final Prover prover;
    private final Work work;
    private final Activities activities;
    private final ErrorModel errors;
    private final BooleanProperty running = new SimpleBooleanProperty();
    private final ObjectProperty<CheckLine> verdict = new SimpleObjectProperty<>();
    private Work.Handle handle = () -> {
    };
    private Activity activity;

    ProofController(Prover prover, Work work, Activities activities, ErrorModel errors) {
        this.prover = prover;
        this.work = work;
        this.activities = activities;
        this.errors = errors;
    }

    /** Whether a proof is under way. */
    BooleanProperty runningProperty() {
        return running;
    }

    /** What the last proof came to; null before the first and while one is under way. */
    ObjectProperty<CheckLine> verdictProperty() {
        return verdict;
    }

    /** Starts a proof on this run's configuration; breaks off the one under way. */
    void startOrStop(int run) {
        if (running.get()) {
            handle.cancel();
            over();
            return;
        }
        running.set(true);
        verdict.set(null);
        activity = activities.begin("Proving run " + run);
        Activity shown = activity;
        handle = work.start(
                () -> prover.prove(run, words -> work.onWindow(() -> shown.at(-1, words))),
                result -> {
                    over();
                    String words = "Run " + run + " killed and resumed. " + result.sentence();
                    verdict.set(result.holds() ? CheckLine.good(words) : CheckLine.bad(words));
                }, failure -> {
                    over();
                    errors.show(ErrorReport.of("Proving that run " + run + " can be killed and resumed", failure));
                });
    }

    private void over() {
        running.set(false);
        activities.end(activity);
    }
}
