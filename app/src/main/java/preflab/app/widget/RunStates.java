package preflab.app.widget;

import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import preflab.projects.store.RunState;
import preflab.projects.store.RunSummary;

/** How the state of a run looks and reads. */
public final class RunStates {

    private static final List<String> STYLES = List.of("good", "bad", "busy", "warn");

    private RunStates() {
    }

    /** Makes a chip say and show this state. */
    public static void show(Label chip, RunState state) {
        chip.setText(words(state));
        chip.getStyleClass().removeAll(STYLES);
        switch (state) {
            case RUNNING, STOPPING -> chip.getStyleClass().add("busy");
            case FINISHED -> chip.getStyleClass().add("good");
            case STOPPED, INTERRUPTED, PAUSED -> chip.getStyleClass().add("warn");
            case DIVERGED, FAILED -> chip.getStyleClass().add("bad");
            case QUEUED -> {
                // plain
            }
        }
    }

    public static String words(RunState state) {
        return state == RunState.STOPPING ? "stopping…" : state.name().toLowerCase(Locale.ROOT);
    }

    /** How a run that is over ended, and why. */
    public static String sentence(RunSummary run) {
        String step = " at step " + Words.count(run.lastStep());
        String why = run.message().isEmpty() ? "" : ": " + run.message();
        return switch (run.state()) {
            case FINISHED -> "Finished" + step + why;
            case STOPPED -> "Stopped" + step + " with a checkpoint" + (why.isEmpty() ? "." : why);
            case DIVERGED -> "Diverged" + step + why;
            case FAILED -> "Failed" + step + why;
            case INTERRUPTED -> "Interrupted" + step
                    + ": its process ended without a word. What it logged is kept; Resume goes on from its last checkpoint.";
            case QUEUED, RUNNING, STOPPING, PAUSED -> "";
        };
    }
}
