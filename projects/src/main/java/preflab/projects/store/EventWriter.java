package preflab.projects.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunListener;
import preflab.engine.train.StopSignal;

/**
 * Stores the events of one run from a thread of its own, in transactions of at most 50 ms. {@link #on} returns at once;
 * an event is safe a fifth of a second later, whatever happens to the process; only a checkpoint's is safe at once, with
 * all before it, since the trainer deletes older checkpoints then. {@link #close} waits until all are.
 */
public final class EventWriter implements RunListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);

    /** Others wait this long for the database at most. */
    private static final Duration TRANSACTION = Duration.ofMillis(40);

    /** Between two looks at the queue and at the requests; bounds what a killed process loses. */
    private static final Duration TICK = Duration.ofMillis(200);

    /** Events that may wait; a run whose database stays locked is held up rather than its events dropped. */
    private static final int CAPACITY = 100_000;

    private final EventTable table;
    private final StopSignal stop = new StopSignal();
    private final BlockingQueue<RunEvent> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final List<RunEvent> batch = new ArrayList<>();
    private final ScheduledExecutorService thread;

    EventWriter(EventTable table) {
        this.table = table;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("events-of-run-" + table.run()).factory());
        var _ = thread.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Raised when a request to stop or to pause is found in the database. */
    public StopSignal stopSignal() {
        return stop;
    }

    @Override
    public void on(RunEvent event) {
        try {
            waiting.put(event);
            if (event instanceof RunEvent.Checkpointed) {
                thread.submit(this::storeWaiting).get();
            } else if (!(event instanceof RunEvent.Measured)) {
                thread.execute(this::flush);
            }
        } catch (ExecutionException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "run " + table.run()
                    + ": its checkpoint is written, but cannot be entered: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProjectException(ProjectException.Code.SYSTEM, "interrupted while storing events", e);
        } catch (RejectedExecutionException e) {
            throw new ProjectException(ProjectException.Code.WRONG_STATE,
                    "run " + table.run() + ": an event came after the end", e);
        }
    }

    private void tick() {
        flush();
        try {
            if (!stop.isRequested()) {
                List<String> requests = table.requests();
                stop.pause(requests.contains(RunStore.PAUSE));
                if (requests.contains(RunStore.STOP)) {
                    stop.request();
                }
            }
        } catch (ProjectException e) {
            LOG.warn("run {}: cannot look for requests, trying again", table.run(), e);
        }
    }

    /** Whatever waits goes into the database; what fails stays and is tried again. */
    private void flush() {
        try {
            storeWaiting();
        } catch (ProjectException e) {
            LOG.warn("run {}: cannot store {} events, trying again", table.run(), batch.size(), e);
        }
    }

    private void storeWaiting() {
        waiting.drainTo(batch);
        while (!batch.isEmpty()) {
            int stored = table.store(batch, System.nanoTime() + TRANSACTION.toNanos());
            batch.subList(0, stored).clear();
            waiting.drainTo(batch);
        }
    }

    /**
     * Waits until every event is stored.
     *
     * @throws ProjectException
     *             if the database refuses them
     */
    @Override
    public void close() {
        thread.shutdown();
        try {
            boolean done = thread.awaitTermination(2, TimeUnit.MINUTES);
            if (!done) {
                throw new ProjectException(ProjectException.Code.SYSTEM,
                        "run " + table.run() + ": the database stayed locked; its last events are lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProjectException(ProjectException.Code.SYSTEM, "interrupted while storing events", e);
        }
        storeWaiting();
        sketch();
    }

    /** Everything is stored by now: whoever cannot prepare the charts leaves that to their first reader. */
    private void sketch() {
        try {
            table.sketch();
        } catch (ProjectException e) {
            LOG.info("run {}: its charts are not prepared", table.run(), e);
        }
    }
}
