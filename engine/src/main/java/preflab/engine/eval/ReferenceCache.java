package preflab.engine.eval;

import java.util.Optional;

/**
 * Log-probabilities of the frozen reference, kept from run to run. What is kept for a key is a function of the key
 * alone, so that it makes no difference to a run whether it is found or computed.
 */
public interface ReferenceCache {

    /**
     * Names the log-probabilities of one sequence.
     *
     * @param weights
     *            hash of the reference's weights
     * @param dtype
     *            what they are computed in, and on what device
     * @param tokens
     *            hash of the token ids and of which of them the loss sees
     */
    record Key(String weights, String dtype, String tokens) {
    }

    /** What is kept for a sequence. */
    final class Entry {
        private final float[] logProbs;
        private final long nanos;

        /**
         * An entry.
         *
         * @param logProbs
         *            of the tokens that the loss sees, in their order
         * @param nanos
         *            what computing them cost
         */
        public Entry(float[] logProbs, long nanos) {
            this.logProbs = logProbs.clone();
            this.nanos = nanos;
        }

        public float[] logProbs() {
            return logProbs.clone();
        }

        public long nanos() {
            return nanos;
        }
    }

    Optional<Entry> find(Key key);

    /** Keeps an entry; one that cannot be kept is forgotten. */
    void keep(Key key, Entry entry);

    /** What all entries take on disk. */
    default long bytesOnDisk() {
        return 0;
    }
}
