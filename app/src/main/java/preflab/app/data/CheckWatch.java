package preflab.app.data;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import preflab.app.widget.Words;
import preflab.datasets.importer.Progress;

/** Carries rows looked at from the working thread to the next tick of the window, and the wish to stop back. */
final class CheckWatch implements Progress {

    private final AtomicLong done = new AtomicLong();
    private final AtomicLong total = new AtomicLong();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    @Override
    public void at(long rows, long of) {
        total.set(of);
        done.set(rows);
    }

    @Override
    public boolean cancelled() {
        return cancelled.get();
    }

    void cancel() {
        cancelled.set(true);
    }

    /** In [0, 1]; negative while unknown. */
    double share() {
        return total.get() > 0 ? (double) done.get() / total.get() : -1;
    }

    String words() {
        return total.get() > 0 ? Words.count(done.get()) + " of " + Words.count(total.get(), "row") : "";
    }
}
