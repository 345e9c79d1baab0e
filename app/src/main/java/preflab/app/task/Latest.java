package preflab.app.task;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * A place for one job at a time where the latest wins: starting another drops the one before it. For answers to the
 * last key pressed, the last row chosen, the last run picked. Used on the thread of the window only.
 */
public final class Latest {

    private static final int CALM_MILLIS = 120;

    private final Work work;
    private Work.Handle current = () -> {
    };
    private boolean busy;

    public Latest(Work work) {
        this.work = Objects.requireNonNull(work);
    }

    /** Drops what runs and starts this. */
    public <T> void start(Callable<T> job, Consumer<? super T> done, Consumer<? super Throwable> failed) {
        current.cancel();
        busy = true;
        current = work.start(job, result -> {
            busy = false;
            done.accept(result);
        }, failure -> {
            busy = false;
            failed.accept(failure);
        });
    }

    /**
     * Drops what runs and starts this after a moment: while a wheel turns or a key repeats, only the last is done, and
     * what is shown of it at once has the machine to itself.
     */
    public <T> void startCalmly(Callable<T> job, Consumer<? super T> done, Consumer<? super Throwable> failed) {
        start(() -> {
            Thread.sleep(CALM_MILLIS);
            return job.call();
        }, done, failed);
    }

    /** Starts this unless the one before is still under way: for repeated reads, which must not starve each other. */
    public <T> void startIfIdle(Callable<T> job, Consumer<? super T> done, Consumer<? super Throwable> failed) {
        if (!busy) {
            start(job, done, failed);
        }
    }

    /** Drops what runs. */
    public void cancel() {
        busy = false;
        current.cancel();
    }
}
