package preflab.app.task;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Runs work off the JavaFX thread and delivers its outcome on it. Controllers get one by constructor, so that a test
 * can hand them {@link #direct()} and needs no toolkit.
 */
public interface Work {

    /**
     * Starts {@code job} at once and hands its result to {@code done}, or what it threw to {@code failed}.
     *
     * @return to drop the result of a job that is no longer wanted
     */
    <T> Handle start(Callable<T> job, Consumer<? super T> done, Consumer<? super Throwable> failed);

    /** Runs on the thread of the window, soon; at once if already there. */
    void onWindow(Runnable change);

    /** A job that is under way or over. */
    @FunctionalInterface
    interface Handle {
        /** Drops the result and interrupts the job; harmless when it is over. */
        void cancel();
    }

    /** Told whenever a person does something in the window. */
    default void acted() {
    }

    /**
     * For long work, to be run between its parts and not on the thread of the window: waits while a person is acting, so
     * that what an act shows has the machine to itself; in all no longer than ten seconds.
     */
    default Runnable stepAside() {
        return () -> {
        };
    }

    /** Runs everything at once on the calling thread: for tests, and for tools without a window. */
    static Work direct() {
        return DirectWork.INSTANCE;
    }
}
