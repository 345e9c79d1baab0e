package preflab.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = 1_000_000_000L;

    private final Pace pace = new Pace();

    @Test
    void nothingIsKnownBeforeTheFirstStepsWentBy() {
        pace.at(0, 0);
        pace.at(SECOND, 0);
        assertThat(pace.timeFor(100)).isEmpty();
    }

    @Test
    void tenStepsASecondNeedTenSecondsForAHundred() {
        pace.at(0, 0);
        pace.at(SECOND, 10);
        pace.at(2 * SECOND, 20);
        assertThat(pace.timeFor(100)).contains(Duration.ofSeconds(10));
    }

    @Test
    void onlyTheLastHalfMinuteCounts() {
        pace.at(0, 0);
        for (int second = 100; second <= 140; second++) {
            pace.at(second * SECOND, 1000 + 2 * (second - 100));
        }
        assertThat(pace.timeFor(10)).contains(Duration.ofSeconds(5));
    }

    @Test
    void aRunThatWentBackBeginsAnew() {
        pace.at(0, 50);
        pace.at(SECOND, 60);
        pace.at(2 * SECOND, 10);
        assertThat(pace.timeFor(10)).isEmpty();
    }
}
