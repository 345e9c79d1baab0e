package preflab.datasets.label;

import java.time.Instant;
import java.util.Objects;

import preflab.datasets.example.DatasetVersionId;

/**
 * One act of one person; kept for ever, never changed. The label in force is that of the last event of a person on an
 * item, since undo and redo are events too and carry the label they bring back.
 *
 * @param number
 *            rising over the whole store; 0 for one not stored yet
 * @param label
 *            all that this person says about the item after this act
 */
public record LabelEvent(long number, Instant time, Author author, DatasetVersionId version, LabelTask task, Item item,
        Act act, RowLabel label) {

    /** What was done. */
    public enum Act {
        VERDICT, SKIP, FLAG, NOTE, SPLIT, JOIN, FINISH, UNDO, REDO,
        /** A verdict that was a model's suggestion before. */
        ACCEPT
    }

    public LabelEvent {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(item, "item");
        Objects.requireNonNull(act, "act");
        Objects.requireNonNull(label, "label");
    }

    /** The same event under the number a store gave it. */
    public LabelEvent numbered(long newNumber) {
        return new LabelEvent(newNumber, time, author, version, task, item, act, label);
    }
}
