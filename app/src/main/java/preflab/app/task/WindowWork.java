package preflab.app.task;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work for a window: a few daemon threads, outcomes on the JavaFX thread. Close it with the window. */
public final class WindowWork implements Work, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WindowWork.class);
    /** Reading a store and importing a file may overlap; more would only contend for the disk. */
    private static final int THREADS = 4;
    /** After this time without an act a person is looking, not acting. */
    private static final long REST_NANOS = 200_000_000;
    private static final int LOOK_MILLIS = 10;
    private static final int MOST_LOOKS = 1_000; // ten seconds

    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS,
            Thread.ofPlatform().daemon().name("window-work-", 1).factory());

    private volatile long lastAct = System.nanoTime() - REST_NANOS;

    @Override
    public void acted() {
        lastAct = System.nanoTime();
    }

    @Override
    public Runnable stepAside() {
        AtomicInteger left = new AtomicInteger(MOST_LOOKS);
        return () -> {
            try {
                while (System.nanoTime() - lastAct < REST_NANOS && left.getAndDecrement() > 0) {
                    Thread.sleep(LOOK_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the work hears of it at its own next look
            }
        };
    }

    @Override
    public <T> Handle start(Callable<T> job, Consumer<? super T> done, Consumer<? super Throwable> failed) {
        AtomicBoolean dropped = new AtomicBoolean();
        try {
            Future<?> running = executor.submit(() -> run(job, done, failed, dropped));
            return () -> {
                dropped.set(true);
                running.cancel(true);
            };
        } catch (RejectedExecutionException e) {
            LOG.debug("the window is closed; a job was not started", e);
            return () -> {
            };
        }
    }

    private <T> void run(Callable<T> job, Consumer<? super T> done, Consumer<? super Throwable> failed,
            AtomicBoolean dropped) {
        try {
            T result = job.call();
            deliver(() -> done.accept(result), dropped);
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
            LOG.debug("a job failed", e);
            deliver(() -> failed.accept(e), dropped);
        }
    }

    private void deliver(Runnable outcome, AtomicBoolean dropped) {
        if (!dropped.get()) {
            onWindow(() -> {
                if (!dropped.get()) {
                    outcome.run();
                }
            });
        }
    }

    @Override
    public void onWindow(Runnable change) {
        if (Platform.isFxApplicationThread()) {
            change.run();
        } else {
            Platform.runLater(change);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
