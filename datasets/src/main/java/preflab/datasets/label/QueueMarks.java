package preflab.datasets.label;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Where in a queue items stand, and which of them their author has completed, skipped, flagged. */
final class QueueMarks {

    private final Map<Item, Integer> positions = new HashMap<>();
    private final BitSet complete = new BitSet();
    private final BitSet skipped = new BitSet();
    private final BitSet flagged = new BitSet();

    QueueMarks(List<Item> queue) {
        for (int at = 0; at < queue.size(); at++) {
            positions.put(queue.get(at), at);
        }
    }

    /** Empty where this queue does not show the item. */
    OptionalInt position(Item item) {
        Integer at = positions.get(item);
        return at == null ? OptionalInt.empty() : OptionalInt.of(at);
    }

    void mark(Item item, RowLabel label) {
        position(item).ifPresent(at -> {
            complete.set(at, label.complete());
            skipped.set(at, label.skipped());
            flagged.set(at, label.flagged());
        });
    }

    boolean complete(int at) {
        return complete.get(at);
    }

    boolean skipped(int at) {
        return skipped.get(at);
    }

    boolean flagged(int at) {
        return flagged.get(at);
    }

    /** Of the first item that is not complete, or of the last one. */
    int firstOpen() {
        return Math.min(complete.nextClearBit(0), positions.size() - 1);
    }

    Progress progress(double perMinute) {
        return new Progress(complete.cardinality(), skipped.cardinality(), flagged.cardinality(), positions.size(),
                perMinute);
    }
}
