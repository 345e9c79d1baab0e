package preflab.app.data;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import preflab.app.widget.Words;
import preflab.datasets.importer.Progress;

/** Carries counts from the working thread to the next tick of the window, and the wish to stop back. */
final class ImportWatch implements Progress {

    private record Count(long done, long total) {
    }

    private static final long SETTLED_NANOS = 1_000_000_000L;

    private final long started = System.nanoTime();
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

    /** "3 MB of 12 MB · about 8 s left"; empty while unknown. */
    String words() {
        Count now = count.get();
        return now.total() > 0
                ? Words.bytes(now.done()) + " of " + Words.bytes(now.total()) + left(now)
                : "";
    }

    /** What is left at the speed so far; nothing is said before there is a speed. */
    private String left(Count now) {
        long nanos = System.nanoTime() - started;
        if (nanos < SETTLED_NANOS || now.done() == 0) {
            return "";
        }
        double rest = (double) nanos / now.done() * (now.total() - now.done());
        return " · about " + Words.duration(Duration.ofNanos((long) rest)) + " left";
    }
}
