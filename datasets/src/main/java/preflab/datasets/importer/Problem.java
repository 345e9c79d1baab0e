package preflab.datasets.importer;

import java.util.Objects;

/**
 * Why one row was not taken (or, as a note, what is odd about a row that was).
 *
 * @param row
 *            JSON Lines: the line number; JSON array: the element's number; both counted from 1
 * @param field
 *            the column at fault, or {@code row} where it is the whole row
 * @param problem
 *            what is wrong and what is allowed
 */
public record Problem(long row, String field, String problem) {
    public Problem {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(problem, "problem");
    }
}
