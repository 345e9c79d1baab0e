package preflab.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;

class RowQueueTest {

    private static final int MEGABYTE = 1 << 20;

    @Test
    void rowsArriveAllAndInOrderOnAnotherThread() {
        ConcurrentLinkedQueue<Integer> stored = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
        try (RowQueue<Integer> queue = new RowQueue<>(row -> {
            stored.add(row);
            threads.add(Thread.currentThread());
        })) {
            for (int row = 0; row < 10_000; row++) {
                queue.add(row, 1000);
            }
            queue.drain();
        }
        assertThat(stored).containsExactlyElementsOf(IntStream.range(0, 10_000).boxed().toList());
        assertThat(threads).doesNotContain(Thread.currentThread()).allMatch(threads.peek()::equals);
    }

    @Test
    void whatCannotBeStoredIsSaidToTheCallerAtTheLatestAtTheEnd() {
        for (int failing : List.of(0, 3, 19)) {
            try (RowQueue<Integer> queue = new RowQueue<>(row -> {
                if (row == failing) {
                    throw new DatasetException(Code.STORAGE, "the disk is full");
                }
            })) {
                assertThatThrownBy(() -> {
                    for (int row = 0; row < 20; row++) {
                        queue.add(row, MEGABYTE);
                    }
                    queue.drain();
                }).isInstanceOf(DatasetException.class).hasMessage("the disk is full");
            }
        }
    }

    @Test
    void closingEarlyStoresNoMoreThanWasBegun() {
        ConcurrentLinkedQueue<Integer> stored = new ConcurrentLinkedQueue<>();
        try (RowQueue<Integer> queue = new RowQueue<>(stored::add)) {
            queue.add(1, 10);
        }
        assertThat(stored).as("a batch never handed over").isEmpty();
    }
}
