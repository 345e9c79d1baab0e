package preflab.engine.train;

import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.engine.batch.ModelException;
import preflab.engine.param.ParamException;
import preflab.engine.tensor.Machine;
import preflab.engine.tensor.Torch;

/**
 * Carries out one run: reads models and rows, trains, evaluates, writes checkpoints, and tells a listener everything as
 * {@link RunEvent}s. All work happens on the calling thread. One trainer runs once.
 */
public final class Trainer {

    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

    private final RunSpec spec;
    private final TrainInputs inputs;
    private final RunListener listener;
    private final StopSignal stop;
    private final SampleCache samples;
    private int stepsDone;

    public Trainer(RunSpec spec, TrainInputs inputs, RunListener listener, StopSignal stop) {
        this(spec, inputs, listener, stop, SampleCache.NONE);
    }

    /** With a memory for what a frozen model draws. */
    public Trainer(RunSpec spec, TrainInputs inputs, RunListener listener, StopSignal stop, SampleCache samples) {
        this.samples = Objects.requireNonNull(samples);
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
        RunEvent.Ended ended = attempt();
        listener.on(ended);
        return ended;
    }

    private RunEvent.Ended attempt() {
        try {
            RunPlan<?> plan = RunPlan.of(spec, inputs);
            applyThreads();
            Machine.forgetPeak();
            return train(plan);
        } catch (Divergence e) {
            LOG.warn("run \"{}\" diverged: {}", spec.name(), e.getMessage());
            return new RunEvent.Ended(Outcome.DIVERGED, stepsDone, e.getMessage(), Map.of());
        } catch (TrainException | ParamException | ModelException e) { // says by itself what is wrong, and with what
            LOG.warn("run \"{}\" failed: {}", spec.name(), e.getMessage());
            return new RunEvent.Ended(Outcome.FAILED, stepsDone, e.getMessage(), Map.of());
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("run \"{}\" failed", spec.name(), e);
            return new RunEvent.Ended(Outcome.FAILED, stepsDone, message(e), Map.of());
        }
    }

    private void applyThreads() {
        int threads = spec.settings().get(TrainSettings.THREADS);
        if (threads > 0) {
            Torch.setThreads(threads);
        }
    }

    private RunEvent.Ended train(RunPlan<?> plan) {
        try (TrainingLoop<?> loop = TrainingLoop.prepare(plan, inputs, listener, stop, samples)) {
            return loop.run(done -> stepsDone = done);
        }
    }

    private static String message(Throwable e) {
        return switch (e) {
            case RuntimeException failure when Torch.isOutOfMemory(failure) -> "out of memory: "
                    + FittingMemory.ADVICE;
            case OutOfMemoryError memory -> "out of memory: " + memory.getMessage()
                    + "; take a smaller training.batch_size or data.max_length";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
