package preflab.app.task;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javafx.application.Platform;

/**
 * Measures how long the JavaFX thread keeps others waiting: every few milliseconds it asks for a turn and takes the time
 * until it gets one. That also holds what other processes took from the thread, so it is an upper bound on what the
 * window itself did; the processor time the thread used between two turns is what it did.
 */
public final class BusyProbe implements AutoCloseable {

    private static final int PERIOD_MILLIS = 5;

    private final ScheduledExecutorService executor = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("busy-probe").factory());
    private final ScheduledFuture<?> asking;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final AtomicLong longest = new AtomicLong();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final AtomicLong lastProcessor = new AtomicLong();
    private final AtomicLong longestProcessor = new AtomicLong();
    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong over100 = new AtomicLong();

    /** Starts measuring. */
    public BusyProbe() {
        asking = executor.scheduleAtFixedRate(this::ask, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void ask() {
        if (waiting.compareAndSet(false, true)) {
            long asked = System.nanoTime();
            Platform.runLater(() -> {
                answered(System.nanoTime() - asked, threads.getCurrentThreadCpuTime());
                waiting.set(false);
            });
        }
    }

    private void answered(long nanos, long processor) {
        if (lastProcessor.get() > 0) {
            longestProcessor.accumulateAndGet(processor - lastProcessor.get(), Math::max);
        }
        lastProcessor.set(processor);
        longest.accumulateAndGet(nanos, Math::max);
        turns.incrementAndGet();
        if (nanos > 100_000_000L) {
            over100.incrementAndGet();
        }
    }

    /** The longest wait so far, in milliseconds. */
    public double longestMillis() {
        return longest.get() / 1e6;
    }

    /** The most processor time the thread used between two turns, in milliseconds. */
    public double longestProcessorMillis() {
        return longestProcessor.get() / 1e6;
    }

    /** How many times a turn was asked for and got. */
    public long turns() {
        return turns.get();
    }

    /** How many waits were longer than 100 ms. */
    public long longerThan100Millis() {
        return over100.get();
    }

    /** Forgets what was measured so far, for example the start of the window. */
    public void reset() {
        longest.set(0);
        longestProcessor.set(0);
        lastProcessor.set(0);
        turns.set(0);
        over100.set(0);
    }

    @Override
    public void close() {
        asking.cancel(false);
        executor.shutdownNow();
    }
}
