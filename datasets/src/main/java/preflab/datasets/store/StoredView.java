package preflab.datasets.store;

import java.util.List;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;

/** The rows of one stored version. Safe for several threads; the store that made it closes it. */
public interface StoredView extends ExampleView {

    /** Up to {@code limit} rows from {@code offset} on, for tables; empty past the end. */
    List<PreferenceExample> page(int offset, int limit);

    /**
     * Rows with these words in any of their texts (prompt, answers, steps), in row order. Capitals of A–Z do not
     * matter.
     *
     * @param query
     *            one string to be found as it stands; an empty one finds every row
     */
    List<PreferenceExample> search(String query, int offset, int limit);
}
