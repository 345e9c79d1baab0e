package preflab.datasets.importer;

/** Leaves the reading of one row: which column is at fault and why. Never leaves this package. */
final class BadRow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The field name for trouble with the row as a whole. */
    static final String WHOLE = "row";

    private final String field;

    BadRow(String field, String problem) {
        super(problem, null, false, false); // thousands of them: no stack traces
        this.field = field;
    }

    Problem at(long row) {
        return new Problem(row, field, getMessage());
    }
}
