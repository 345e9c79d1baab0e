package preflab.datasets.example;

import java.util.Map;

/**
 * Where a row came from, and the columns of its file that have no field of their own.
 *
 * @param file
 *            the file's name without folders, or the name of a generator
 * @param row
 *            the row's number in that file, counted from 1
 * @param side
 *            side columns (scores, sources, ids), each as JSON text
 */
public record Source(String file, long row, Map<String, String> side) {
    public Source {
        side = Map.copyOf(side);
    }

    public Source(String file, long row) {
        this(file, row, Map.of());
    }
}
