package preflab.datasets.convert;

import java.util.Map;
import java.util.stream.Stream;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.importer.Progress;

/**
 * Makes rows from rows; a function of the rows and its settings, so that it can be done again. Rows keep the source of
 * the row they were made from. See {@link Conversions} for the list and for how a version is made.
 */
public interface Conversion {

    /** Its name on the command line and in provenance: {@code pairs_to_unpaired}. */
    String id();

    /** What it does, as the end of "made from sums v1: …". */
    String summary();

    /** Whether it reads rows of this kind. */
    boolean reads(Kind kind);

    /** The kind of rows it makes from rows of a kind it {@link #reads}. */
    Kind result(Kind source);

    /** Everything it was told, for provenance. */
    Map<String, String> settings();

    /**
     * The new rows in order, made while they are asked for.
     *
     * @param progress
     *            hears rows read of rows there are
     */
    Stream<PreferenceExample> rows(ExampleView source, Progress progress);
}
