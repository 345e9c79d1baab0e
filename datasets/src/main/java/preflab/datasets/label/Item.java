package preflab.datasets.label;

/**
 * One place in a queue.
 *
 * @param row
 *            the row's index in its version
 * @param pass
 *            0 the first time a person meets it, 1 where it is shown again to see whether they still agree with
 *            themselves
 */
public record Item(int row, int pass) {
    public Item {
        if (row < 0 || pass < 0) {
            throw new IllegalArgumentException("row and pass must not be negative: " + row + ", " + pass);
        }
    }

    public static Item of(int row) {
        return new Item(row, 0);
    }

    /** Whether this is a repetition for quality control. */
    public boolean repeated() {
        return pass > 0;
    }
}
