package preflab.projects.score;

import java.util.List;
import java.util.Optional;

/**
 * One row in short.
 *
 * @param row
 *            counted from 0 in the dataset version
 * @param sides
 *            its completions, in its own order
 */
public record RowScore(int row, List<SideScore> sides) {
    public RowScore {
        sides = List.copyOf(sides);
    }

    /** The completion of this name. */
    public Optional<SideScore> side(String name) {
        return sides.stream().filter(side -> side.name().equals(name)).findFirst();
    }
}
