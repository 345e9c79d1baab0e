package preflab.datasets.store;

import java.util.List;

import preflab.datasets.example.DatasetVersionId;

/**
 * What became of the rows of one version in another. A row stands for at most one row of the other version: an equal
 * one; else one with the same texts (its labels or scores changed); else one from the same row of the same file; else
 * one with the same prompt.
 *
 * @param unchanged
 *            how many rows are equal in both; their order does not matter
 * @param added
 *            rows of {@code to} that stand for none of {@code from}, rising
 * @param removed
 *            rows of {@code from} that none of {@code to} stands for, rising
 * @param changed
 *            rows that differ, by their place in {@code from}
 */
public record VersionDifference(DatasetVersionId from, DatasetVersionId to, int unchanged, List<Integer> added,
        List<Integer> removed, List<Change> changed) {

    /** The place of a row in either version. */
    public record Change(int from, int to) {
    }

    public VersionDifference {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    /** Whether both hold the same rows. */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }
}
