package preflab.app.task;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Jobs that run off the thread of the window one after the other, in the order they were asked for: for what a person
 * types ahead. A job starts when the outcome of the one before it has been delivered. Used on the thread of the window
 * only.
 */
public final class Serial {

    private final Work work;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    public Serial(Work work) {
        this.work = Objects.requireNonNull(work);
    }

    /** Runs this after all that was asked for before. */
    public <T> void start(Callable<T> job, Consumer<? super T> done, Consumer<? super Throwable> failed) {
        waiting.add(() -> work.start(job, result -> {
            try {
                done.accept(result);
            } finally {
                next();
            }
        }, failure -> {
            try {
                failed.accept(failure);
            } finally {
                next();
            }
        }));
        if (!busy) {
            busy = true;
            next();
        }
    }

    private void next() {
        Runnable job = waiting.poll();
        if (job == null) {
            busy = false;
        } else {
            job.run();
        }
    }

    /** Whether nothing runs and nothing waits. */
    public boolean isIdle() {
        return !busy;
    }
}
