package preflab.datasets.importer;

/** Hears how far long work has come, and can end it. Called on the working thread, a few times per megabyte at most. */
public interface Progress {

    /** Nobody listens, nobody cancels. */
    Progress NONE = (done, total) -> {
    };

    /**
     * Says how far the work is.
     *
     * @param done
     *            bytes (or rows, where the caller says so) so far; never falls
     * @param total
     *            of how many; ≥ done
     */
    void at(long done, long total);

    /** True ends the work with a {@link java.util.concurrent.CancellationException}, leaving nothing behind. */
    default boolean cancelled() {
        return false;
    }
}
