package preflab.engine.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import preflab.engine.batch.Batch;
import preflab.engine.batch.Item;
import preflab.engine.batch.Sequence;
import preflab.engine.metric.ReferenceSavings;
import preflab.engine.model.Policy;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;

/**
 * The reference's log-probabilities, from a cache where it has them. Every sequence is computed by itself, unpadded:
 * the last digits of a product depend on what else is in the batch, and a cached value must not. The reference is
 * loaded when the first sequence is missing. Not thread-safe.
 */
public final class CachedReference {

    private final ReferenceCache cache;
    private final String weights;
    private final String dtype;
    private final Supplier<? extends Policy> reference;
    private long found;
    private long computed;
    private long nanosFound;
    private long nanosComputed;

    public CachedReference(ReferenceCache cache, String weights, String dtype,
            Supplier<? extends Policy> reference) {
        this.cache = cache;
        this.weights = weights;
        this.dtype = dtype;
        this.reference = reference;
    }

    /** The log-probabilities at a batch's active tokens, [K]. */
    NDArray logProbs(Batch batch, NDManager manager) {
        float[] all = new float[batch.activeTokens()];
        int at = 0;
        for (Sequence sequence : batch.sequences()) {
            float[] its = logProbs(sequence);
            System.arraycopy(its, 0, all, at, its.length);
            at += its.length;
        }
        return manager.create(all);
    }

    private float[] logProbs(Sequence sequence) {
        if (sequence.activeTokens() == 0) {
            return new float[0];
        }
        ReferenceCache.Key key = new ReferenceCache.Key(weights, dtype, hash(sequence));
        Optional<ReferenceCache.Entry> entry = cache.find(key);
        if (entry.isPresent()) {
            found++;
            nanosFound += entry.get().nanos();
            return entry.get().logProbs();
        }
        Policy model = reference.get(); // its loading is not part of the cost
        long start = System.nanoTime();
        float[] values = computed(model, Batch.of(List.of(new Item(sequence.row(), List.of(sequence)))));
        long nanos = System.nanoTime() - start;
        computed++;
        nanosComputed += nanos;
        cache.keep(key, new ReferenceCache.Entry(values, nanos));
        return values;
    }

    private static float[] computed(Policy model, Batch batch) {
        return Autograd.without(() -> Scopes.within(() -> {
            NDManager manager = model.parameters().values().iterator().next().getManager();
            NDArray logits = model.logits(
                    BatchScorer.hidden(model, batch.ids(manager), batch.positions(manager)));
            return Kernels.tokenLogProbs(logits, batch.targets(manager)).toFloatArray();
        }));
    }

    private static String hash(Sequence sequence) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * (sequence.length() + 1 + sequence.activeTokens()));
        for (int i = 0; i < sequence.length(); i++) {
            bytes.putInt(sequence.id(i));
        }
        bytes.putInt(-1);
        for (int i = 0; i < sequence.activeTokens(); i++) {
            bytes.putInt(sequence.activePosition(i));
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Sequences the reference computed so far. */
    public long computed() {
        return computed;
    }

    /**
     * What came of it so far.
     *
     * @param bytesSaved
     *            of the reference's weights, where they were not in memory
     */
    public ReferenceSavings savings(long bytesSaved) {
        return new ReferenceSavings(found, computed, nanosFound / 1e9, nanosComputed / 1e9, bytesSaved,
                cache.bytesOnDisk());
    }
}
