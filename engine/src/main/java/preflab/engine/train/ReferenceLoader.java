package preflab.engine.train;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import preflab.engine.model.TransformerPolicy;

/** Loads the frozen reference when it is first asked for: with everything in the cache, never. */
final class ReferenceLoader implements Supplier<TransformerPolicy> {

    private final Supplier<TransformerPolicy> load;
    private final LongSupplier bytes;
    private final boolean shared;
    private TransformerPolicy loaded; // null until asked for, and after it was let go

    /**
     * @param bytes
     *            of its weights in memory
     * @param shared
     *            whether it is the policy with its adapter off: it takes no memory of its own, and none is let go
     */
    ReferenceLoader(Supplier<TransformerPolicy> load, LongSupplier bytes, boolean shared) {
        this.load = load;
        this.bytes = bytes;
        this.shared = shared;
    }

    @Override
    public TransformerPolicy get() {
        loaded = loaded == null ? load.get() : loaded;
        return loaded;
    }

    /** Bytes of memory that it takes or would take; 0 if it shares the policy's. */
    long bytes() {
        return shared ? 0 : bytes.getAsLong();
    }

    /** Whether it takes memory of its own now. */
    boolean takesMemory() {
        return !shared && loaded != null;
    }

    /** Gives its memory back; asked again, it is loaded again. */
    void letGo() {
        if (takesMemory()) {
            loaded.close();
            loaded = null;
        }
    }
}
