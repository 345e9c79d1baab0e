package preflab.engine.model;

import java.util.List;
import java.util.Set;

/**
 * Draws continuations in batches with a key-value cache. Each draw is a function of (seed, index of the prompt,
 * position), so results do not depend on which prompts share a batch.
 */
@SuppressWarnings("DoNotCallSuggester") // announced; the bodies follow
public final class Generator {

    /** Sequences computed at once unless told otherwise. */
    public static final int BATCH_SIZE = 128;

    /** Hears how far the work is and may end it. */
    public interface Listener {
        Listener NONE = (done, total) -> true;

        /** Called between tokens; {@code done} prompts are finished. Returning false ends the work where it stands. */
        boolean goOn(int done, int total);
    }

    private Generator() {
    }

    /** The new tokens of each prompt, in the prompts' order, without the end of sequence. */
    public static List<int[]> generate(Policy policy, List<int[]> prompts, SamplerSettings settings, int eosId) {
        return generate(policy, prompts, settings, Set.of(eosId), BATCH_SIZE, Listener.NONE);
    }

    /**
     * The new tokens of each prompt, in the prompts' order, without the token that ended them.
     *
     * @param stopIds
     *            tokens that end a sequence
     */
    public static List<int[]> generate(Policy policy, List<int[]> prompts, SamplerSettings settings,
            Set<Integer> stopIds, int batchSize, Listener listener) {
        throw new UnsupportedOperationException("" + policy + prompts + settings + stopIds + batchSize + listener);
    }
}
