package preflab.engine.train;

import java.util.List;

/**
 * One row as a model and its objective read it.
 *
 * @param row
 *            as in the row's id
 * @param sides
 *            its completions, in its own order
 */
public record RowReading(int row, List<SideReading> sides) {
    public RowReading {
        sides = List.copyOf(sides);
    }
}
