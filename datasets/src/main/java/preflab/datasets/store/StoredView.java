package preflab.datasets.store;

import java.util.List;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.importer.Progress;

/** The rows of one stored version. Safe for several threads; the store that made it closes it. */
public interface StoredView extends ExampleView {

    /** Up to {@code limit} rows from {@code offset} on, for tables; empty past the end. */
    List<PreferenceExample> page(int offset, int limit);

    /** The rows with these ids, in this order. */
    List<PreferenceExample> rows(int... ids);

    /**
     * Finds rows by text, conditions and parts, and sorts them: in the database, without parsing rows. Paging goes on
     * meanwhile. One search at a time; a second waits, so cancel what is no longer wanted.
     *
     * @param progress
     *            may cancel at any time; hears rows found of rows there are, now and then
     * @throws preflab.datasets.example.DatasetException
     *             BAD_MAPPING when rows of this kind lack a number asked for
     * @throws java.util.concurrent.CancellationException
     *             when the progress said so
     */
    FoundRows find(RowQuery query, Progress progress);

    /** Names of the files the rows came from, in the order of their first rows. */
    List<String> files();

    /** The parts of this version by this plan; worked out once, then remembered. */
    Split split(SplitPlan plan);

    /**
     * Rows with these words in any of their texts (prompt, answers, steps), in row order. Capitals of A–Z do not
     * matter.
     *
     * @param query
     *            one string to be found as it stands; an empty one finds every row
     */
    List<PreferenceExample> search(String query, int offset, int limit);
}
