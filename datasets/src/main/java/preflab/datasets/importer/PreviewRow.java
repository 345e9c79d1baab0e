package preflab.datasets.importer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import preflab.datasets.example.PreferenceExample;

/**
 * One real row of a file beside what a mapping makes of it.
 *
 * @param row
 *            the row's number in its file, from 1
 * @param cells
 *            every column of the row in the file's order; texts as they are, anything else as JSON
 * @param examples
 *            what the row becomes: one example, or several for trees and lists of solutions; none where it is rejected
 * @param problem
 *            why it would be rejected; empty where it is taken
 * @param notes
 *            oddities of a row that is taken all the same
 */
public record PreviewRow(long row, Map<String, String> cells, List<PreferenceExample> examples,
        Optional<Problem> problem, List<Problem> notes) {

    public PreviewRow {
        Objects.requireNonNull(problem, "problem");
        cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells)); // keeps the order of the columns
        examples = List.copyOf(examples);
        notes = List.copyOf(notes);
    }
}
