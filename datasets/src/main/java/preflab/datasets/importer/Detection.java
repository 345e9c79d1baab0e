package preflab.datasets.importer;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;

/**
 * What a file seems to be, judged by its first rows.
 *
 * @param format
 *            id of the importer that fits, or {@code unknown}
 * @param kind
 *            what the rows would become; empty when nothing fits
 * @param mapping
 *            every field of that format with the column it is read from
 * @param reason
 *            one sentence: what was found and why it was taken so, or why nothing fits
 * @param columns
 *            the file's columns, in the order met
 * @param fields
 *            the canonical fields of that format, for a mapping form
 * @param firstRows
 *            up to {@link #PREVIEW} rows as they would be imported
 * @param firstProblems
 *            rows among the first ones that would be rejected
 */
public record Detection(String format, Optional<Kind> kind, FieldMapping mapping, String reason, List<String> columns,
        List<String> fields, List<PreferenceExample> firstRows, List<Problem> firstProblems) {

    /** How many rows a preview shows. */
    public static final int PREVIEW = 50;

    public Detection {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(reason, "reason");
        columns = List.copyOf(columns);
        fields = List.copyOf(fields);
        firstRows = List.copyOf(firstRows);
        firstProblems = List.copyOf(firstProblems);
    }
}
