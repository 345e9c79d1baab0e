package preflab.datasets.example;

/**
 * Identity of a row within its dataset version: its position, counted from 0 in the order of import. Stable, because
 * versions are immutable.
 */
public record ExampleId(int index) {
    public ExampleId {
        if (index < 0) {
            throw new IllegalArgumentException("row index must not be negative: " + index);
        }
    }
}
