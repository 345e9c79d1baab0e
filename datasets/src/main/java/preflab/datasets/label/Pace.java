package preflab.datasets.label;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Items completed per minute over the last twenty of this sitting. */
final class Pace {

    private static final int WINDOW = 20;

    private final Deque<Instant> last = new ArrayDeque<>();

    void completed(Instant time) {
        last.addLast(time);
        if (last.size() > WINDOW) {
            last.removeFirst();
        }
    }

    double perMinute() {
        if (last.size() < 2) {
            return 0;
        }
        double minutes = Duration.between(last.getFirst(), last.getLast()).toMillis() / 60_000.0;
        return minutes > 0 ? (last.size() - 1) / minutes : 0;
    }
}
