package preflab.app.train;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How fast steps go by, over the last half minute: evaluation counts as well, as it does for who waits. */
final class Pace {

    private static final long WINDOW_NANOS = 30_000_000_000L;

    private record Mark(long nanos, int step) {
    }

    private final Deque<Mark> marks = new ArrayDeque<>();

    /** Notes that at this moment so many steps were done. */
    void at(long nanos, int step) {
        if (!marks.isEmpty() && step < marks.getLast().step()) {
            marks.clear();
        }
        marks.addLast(new Mark(nanos, step));
        while (marks.size() > 2 && nanos - marks.getFirst().nanos() > WINDOW_NANOS) {
            marks.removeFirst();
        }
    }

    /** The time that this many further steps will take; empty while nothing is known. */
    Optional<Duration> timeFor(int steps) {
        if (marks.size() < 2 || marks.getLast().step() == marks.getFirst().step()) {
            return Optional.empty();
        }
        double nanosPerStep = (double) (marks.getLast().nanos() - marks.getFirst().nanos())
                / (marks.getLast().step() - marks.getFirst().step());
        return Optional.of(Duration.ofNanos((long) (nanosPerStep * steps)));
    }
}
