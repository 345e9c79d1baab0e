package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;

import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;

/** One format: how it is recognised and how its rows are read. To add one: one file and one line in {@link Importers}. */
public interface Importer {

    /** Stable name, in reports and provenance: {@code paired}, {@code stepwise}, … */
    String id();

    /** What its rows become. */
    Kind kind();

    /** The columns it needs, for people. */
    String summary();

    /** The fields it reads, those that name it first. */
    List<Field> fields();

    /**
     * Whether a file with these columns is of this format.
     *
     * @return why, in a few words; empty if it is not
     */
    Optional<String> recognise(Layout layout);

    /**
     * Reads one row, which gives one example or, for trees and lists of solutions, several. A row that cannot be used
     * leaves with the column at fault and the reason; it is listed in the report and the next row is read.
     *
     * @return at least one example
     */
    List<? extends PreferenceExample> readAll(Row row);

    /** A reason if the condition holds, for {@link #recognise}. */
    static Optional<String> when(boolean condition, String reason) {
        return condition ? Optional.of(reason) : Optional.empty();
    }
}
