package preflab.datasets.label;

import java.util.ArrayDeque;
import java.util.Deque;

import preflab.datasets.label.LabelEvent.Act;

/** One author's acts that can be taken back, rebuilt from the events: without limit, and across restarts. */
final class UndoStack {

    /** One act: the label before and after it. */
    record Change(Item item, RowLabel before, RowLabel after) {
    }

    private final Deque<Change> done = new ArrayDeque<>();
    private final Deque<Change> undone = new ArrayDeque<>();

    /** Takes the next event of this author in. */
    void add(LabelEvent event, RowLabel before) {
        if (event.act() == Act.UNDO) {
            move(done, undone);
        } else if (event.act() == Act.REDO) {
            move(undone, done);
        } else {
            done.push(new Change(event.item(), before, event.label()));
            undone.clear();
        }
    }

    /** Where one person worked in two windows at once the events may not match; the stacks then just run dry. */
    private static void move(Deque<Change> from, Deque<Change> to) {
        if (!from.isEmpty()) {
            to.push(from.pop());
        }
    }

    Change lastDone() {
        return done.peek();
    }

    Change lastUndone() {
        return undone.peek();
    }
}
