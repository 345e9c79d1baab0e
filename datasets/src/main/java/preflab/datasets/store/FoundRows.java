package preflab.datasets.store;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;

/**
 * The rows a query found, in its order. Only their ids are in memory (4 bytes a row); pages are read by id, so that the
 * millionth row is as near as the first, whichever way somebody scrolls. Safe for several threads.
 */
public final class FoundRows implements ExampleView {

    private final StoredView whole;
    private final int[] ids;

    FoundRows(StoredView whole, int[] ids) {
        this.whole = whole;
        this.ids = ids;
    }

    @Override
    public DatasetVersionId version() {
        return whole.version();
    }

    @Override
    public Kind kind() {
        return whole.kind();
    }

    @Override
    public int size() {
        return ids.length;
    }

    /** The row at a position of this list; its id says where it stands in the version. */
    @Override
    public PreferenceExample get(int position) {
        return whole.get(ids[Objects.checkIndex(position, ids.length)]);
    }

    /** Where in the version the row at this position of the list stands. */
    public int rowAt(int position) {
        return ids[Objects.checkIndex(position, ids.length)];
    }

    /** Up to {@code limit} rows from {@code offset} on; empty past the end. */
    public List<PreferenceExample> page(int offset, int limit) {
        int from = Math.min(offset, ids.length);
        int to = (int) Math.min((long) from + limit, ids.length);
        return whole.rows(Arrays.copyOfRange(ids, from, to));
    }
}
