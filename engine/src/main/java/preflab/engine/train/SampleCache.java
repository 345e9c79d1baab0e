package preflab.engine.train;

import java.util.List;
import java.util.Optional;

/**
 * Keeps completions that a frozen model drew, so that later runs need not draw them again. Both methods may be called
 * from any process; a cache that forgets is slow, never wrong.
 */
public interface SampleCache {

    /** Remembers nothing. */
    SampleCache NONE = new SampleCache() {
        @Override
        public Optional<List<int[]>> find(String key) {
            return Optional.empty();
        }

        @Override
        public void keep(String key, List<int[]> completions) {
            // forgotten at once
        }
    };

    /**
     * Token ids of the completions, one per prompt in their order.
     *
     * @param key
     *            64 hexadecimal digits over everything that they depend on: weights, tokens, sampler settings, seed,
     *            precision, device
     */
    Optional<List<int[]>> find(String key);

    /** Keeps them under this key; where that fails it is as if nothing had been kept. */
    void keep(String key, List<int[]> completions);
}
