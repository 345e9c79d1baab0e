package preflab.engine.train;

import ai.djl.engine.EngineException;
import java.util.function.Supplier;
import preflab.engine.tensor.Torch;

/**
 * Where memory does not suffice, half as many examples are computed at once, until it does; the examples of a step, and
 * so its gradient, stay the same. With one at a time the run ends.
 */
final class FittingMemory {

    /** What takes less memory, most effective first. */
    static final String ADVICE = "take a smaller training.batch_size with more training.gradient_accumulation_steps"
            + " (the result stays the same), compute.recompute = true, a smaller data.max_length, or adapters"
            + " (lora.rank)";

    private final GradientStep<?> gradients;
    private final Runnable clear;
    private final RunListener listener;

    /**
     * For one run.
     *
     * @param clear
     *            sets all gradients to zero, of which a pass that broke off has left some
     */
    FittingMemory(GradientStep<?> gradients, Runnable clear, RunListener listener) {
        this.gradients = gradients;
        this.clear = clear;
        this.listener = listener;
    }

    /**
     * The result of work that computes micro-batches.
     *
     * @throws TrainException
     *             if it does not fit with one example at a time
     */
    <T> T fitting(int step, Supplier<T> work) {
        while (true) {
            try {
                return work.get();
            } catch (EngineException e) {
                if (!Torch.isOutOfMemory(e)) {
                    throw e;
                }
                halve(step, e);
            }
        }
    }

    private void halve(int step, EngineException failure) {
        int before = gradients.microBatchSize();
        if (!gradients.halve()) {
            throw new TrainException("out of memory with one example at a time: " + ADVICE, failure);
        }
        clear.run();
        listener.on(new RunEvent.Warned(step, "out_of_memory",
                before + " examples at a time do not fit into memory: going on with " + gradients.microBatchSize()
                        + " at a time and as many per step as before"));
    }
}
