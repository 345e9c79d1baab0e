package preflab.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import preflab.app.ui.Ui;

class LatestTest {

    private final Ui ui = Ui.get();
    private final List<Integer> done = new ArrayList<>(); // on the thread of the window

    @Test
    void ofManyCalmStartsOnlyTheLastIsDone() {
        AtomicInteger begun = new AtomicInteger();
        try (WindowWork work = new WindowWork()) {
            Latest latest = new Latest(work);
            ui.run(() -> {
                for (int i = 1; i <= 5; i++) {
                    int number = i;
                    latest.startCalmly(() -> {
                        begun.incrementAndGet();
                        return number;
                    }, done::add, failure -> done.add(-1));
                }
            });
            ui.await("the last one is done", () -> !done.isEmpty());
        }
        assertThat(done).containsExactly(5);
        assertThat(begun).hasValue(1);
    }

    @Test
    void theLatestWinsAndWhatItReplacesIsNeverDelivered() {
        try (WindowWork work = new WindowWork()) {
            Latest latest = new Latest(work);
            ui.run(() -> {
                latest.start(() -> 1, done::add, failure -> done.add(-1));
                latest.start(() -> 2, done::add, failure -> done.add(-1));
            });
            ui.await("the latest is done", () -> !done.isEmpty());
            ui.settle();
        }
        assertThat(done).containsExactly(2);
    }
}
