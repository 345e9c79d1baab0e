package preflab.datasets.example;

import java.util.List;

/** Random access to the rows of one dataset version or of a part of it. Safe for several threads unless stated. */
public interface ExampleView {

    DatasetVersionId version();

    Kind kind();

    int size();

    /** The row at this position, 0 ≤ index &lt; {@link #size()}. */
    PreferenceExample get(int index);

    /** A view over rows held in memory. */
    static ExampleView of(DatasetVersionId version, Kind kind, List<? extends PreferenceExample> rows) {
        return new InMemoryView(version, kind, List.copyOf(rows));
    }
}
