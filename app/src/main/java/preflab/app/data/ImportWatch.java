package preflab.app.data;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import preflab.app.widget.Words;
import preflab.datasets.importer.Progress;

/** Carries counts from the working thread to the next tick of the window, and the wish to stop back. */
final class ImportWatch implements Progress {

    private record Count(long done, long total) {
    }

    private final AtomicReference<Count> count = new AtomicReference<>(new Count(0, 0));
    private final AtomicBoolean cancelled = new AtomicBoolean();

    @Override
    public void at(long done, long total) {
        count.set(new Count(done, total));
    }

    @Override
    public boolean cancelled() {
        return cancelled.get();
    }

    /** Ends the import at the next row. */
    void cancel() {
        cancelled.set(true);
    }

    /** In [0, 1]; negative while unknown. */
    double share() {
        Count now = count.get();
        return now.total() > 0 ? (double) now.done() / now.total() : -1;
    }

    /** "3 MB of 12 MB"; empty while unknown. */
    String words() {
        Count now = count.get();
        return now.total() > 0 ? Words.bytes(now.done()) + " of " + Words.bytes(now.total()) : "";
    }
}
