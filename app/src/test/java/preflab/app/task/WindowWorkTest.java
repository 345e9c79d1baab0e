package preflab.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import preflab.app.ui.Ui;

class WindowWorkTest {

    private final Ui ui = Ui.get();

    @Test
    void longWorkStepsAsideUntilNobodyHasActedForAMoment() throws Exception {
        try (WindowWork work = new WindowWork()) {
            CompletableFuture<Long> wentOn = new CompletableFuture<>();
            long acted = System.nanoTime();
            work.acted();
            Runnable aside = work.stepAside();
            ui.run(() -> work.start(() -> {
                aside.run();
                return System.nanoTime();
            }, wentOn::complete, wentOn::completeExceptionally));

            assertThat(wentOn.get(30, TimeUnit.SECONDS) - acted).isGreaterThanOrEqualTo(200_000_000L);
        }
    }

    @Test
    void droppedWorkDoesNotWaitAnyLonger() {
        try (WindowWork work = new WindowWork()) {
            work.acted();
            Thread.currentThread().interrupt();
            work.stepAside().run();

            assertThat(Thread.interrupted()).as("still told to stop").isTrue();
        }
    }
}
