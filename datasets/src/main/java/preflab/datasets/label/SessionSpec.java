package preflab.datasets.label;

import java.util.Objects;

import preflab.datasets.split.SplitRule;

/**
 * How a session is set up. The same spec over the same data gives the same queue and the same sides.
 *
 * @param repeatedShare
 *            share of rows shown a second time, in [0, 1], for quality control
 * @param seed
 *            of shuffling, of sides (together with the author's name) and of which rows are repeated
 * @param firstError
 *            whether one wrong step ends a row: steps before it that were not judged become GOOD, those after it stay
 *            unmarked (not wrong)
 * @param split
 *            how answers that come without steps are cut
 */
public record SessionSpec(LabelTask task, Author author, QueueOrder order, double repeatedShare, long seed,
        boolean firstError, SplitRule split) {
    public SessionSpec {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(split, "split");
        if (!(repeatedShare >= 0 && repeatedShare <= 1)) {
            throw new IllegalArgumentException("the share of repeated rows must lie in [0, 1], not " + repeatedShare);
        }
    }

    /** In the data's order, full marking, nothing repeated, seed 1, a step per line. */
    public static SessionSpec of(LabelTask task, Author author) {
        return new SessionSpec(task, author, QueueOrder.AS_STORED, 0, 1, false, SplitRule.Marked.LINE);
    }

    public SessionSpec withOrder(QueueOrder newOrder) {
        return new SessionSpec(task, author, newOrder, repeatedShare, seed, firstError, split);
    }

    public SessionSpec withRepeatedShare(double share) {
        return new SessionSpec(task, author, order, share, seed, firstError, split);
    }

    public SessionSpec withFirstError(boolean mode) {
        return new SessionSpec(task, author, order, repeatedShare, seed, mode, split);
    }

    public SessionSpec withSeed(long newSeed) {
        return new SessionSpec(task, author, order, repeatedShare, newSeed, firstError, split);
    }

    public SessionSpec withSplit(SplitRule rule) {
        return new SessionSpec(task, author, order, repeatedShare, seed, firstError, rule);
    }
}
