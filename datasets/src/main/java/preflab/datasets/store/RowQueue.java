package preflab.datasets.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Hands rows over to a thread of its own in batches, so that one core reads and parses while another stores. Order is
 * kept; what goes wrong there is thrown here, at the latest on {@link #drain}. At most a few batches wait, which bounds
 * the memory. Used by one thread.
 */
final class RowQueue<R> implements AutoCloseable {

    /** Bytes after which a batch is handed over: large against a hand-over, small against a heap of 512 MB. */
    private static final int BATCH_BYTES = 1 << 20;
    private static final int WAITING = 3;

    private final Consumer<R> sink;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private List<R> batch = new ArrayList<>();
    private int bytes;

    RowQueue(Consumer<R> sink) {
        this.sink = sink;
    }

    /** Adds one row of about so many bytes. */
    void add(R row, int size) {
        batch.add(row);
        bytes += size;
        if (bytes >= BATCH_BYTES) {
            handOver();
        }
    }

    private void handOver() {
        List<R> rows = batch;
        batch = new ArrayList<>(rows.size());
        bytes = 0;
        waiting.add(CompletableFuture.runAsync(() -> rows.forEach(sink), thread));
        while (waiting.size() > WAITING) {
            await();
        }
    }

    private void await() {
        try {
            waiting.remove().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Returns when every row is stored. */
    void drain() {
        handOver();
        while (!waiting.isEmpty()) {
            await();
        }
    }

    /** Drops what was not yet begun and waits for what was. */
    @Override
    public void close() {
        thread.shutdownNow();
        thread.close();
    }
}
