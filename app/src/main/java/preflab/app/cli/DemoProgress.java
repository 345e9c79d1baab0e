package preflab.app.cli;

import preflab.engine.train.RunEvent;
import preflab.engine.train.RunListener;

/** A few lines per run on standard error, so that the wait can be seen to pass. */
final class DemoProgress implements RunListener {

    private static final int LINES = 6;

    private final int steps;
    private final Output output;

    DemoProgress(int steps, Output output) {
        this.steps = steps;
        this.output = output;
    }

    @Override
    public void on(RunEvent event) {
        switch (event) {
            case RunEvent.Measured measured -> measured(measured);
            case RunEvent.Warned warned ->
                output.progress((RunEvent.Warned.NOTES.contains(warned.code()) ? "  note" : "  warning") + " at step "
                        + warned.step() + ": "
                        + warned.message());
            default -> {
                // the table at the end says the rest
            }
        }
    }

    private void measured(RunEvent.Measured event) {
        Double accuracy = event.metrics().get("eval/accuracy");
        Double loss = event.metrics().get("loss");
        if (accuracy != null) {
            output.progress("  step " + event.step() + "/" + steps + "  accuracy " + Numbers.percent(accuracy));
        } else if (loss != null && event.step() % Math.max(1, steps / LINES) == 0) {
            output.progress("  step " + event.step() + "/" + steps + "  loss " + Numbers.real(loss));
        }
    }
}
