package preflab.engine.train;

import java.util.Objects;

/**
 * Carries out one run: reads models and rows, trains, evaluates, writes checkpoints, and tells a listener everything as
 * {@link RunEvent}s. All work happens on the calling thread. One trainer runs once.
 */
public final class Trainer {

    private final RunSpec spec;
    private final TrainInputs inputs;
    private final RunListener listener;
    private final StopSignal stop;

    public Trainer(RunSpec spec, TrainInputs inputs, RunListener listener, StopSignal stop) {
        this.spec = Objects.requireNonNull(spec);
        this.inputs = Objects.requireNonNull(inputs);
        this.listener = Objects.requireNonNull(listener);
        this.stop = Objects.requireNonNull(stop);
    }

    /**
     * Runs to the end. Failures do not come out as exceptions: they are an {@link RunEvent.Ended} with
     * {@link Outcome#FAILED} or {@link Outcome#DIVERGED} and a message.
     *
     * @return the last event, which the listener has had too
     */
    public RunEvent.Ended run() {
        RunEvent.Ended ended = new RunEvent.Ended(stop.isRequested() ? Outcome.STOPPED : Outcome.FAILED, 0,
                spec.name() + ": the training loop has not landed yet: " + inputs.model(), java.util.Map.of());
        listener.on(ended);
        return ended;
    }
}
