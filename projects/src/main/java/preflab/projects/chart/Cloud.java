package preflab.projects.chart;

import java.util.List;

/**
 * Points that can be told apart one by one, in four quarters around zero.
 *
 * @param points
 *            finite ones only
 * @param quarters
 *            what each quarter means: upper left, upper right, lower left, lower right; none for no meaning
 * @param diagonal
 *            what the line of equal changes means; empty for no line
 */
public record Cloud(String xLabel, String yLabel, List<Point> points, List<String> quarters, String diagonal) {
    public Cloud {
        points = List.copyOf(points);
        quarters = List.copyOf(quarters);
    }

    /** One point. */
    public record Point(int id, double x, double y) {
    }

    /** How many points lie in the quarter of this place in the list; those on an axis lie in none. */
    public long in(int quarter) {
        boolean right = quarter % 2 == 1;
        boolean upper = quarter < 2;
        return points.stream().filter(p -> p.x() != 0 && p.y() != 0 && p.x() > 0 == right && p.y() > 0 == upper)
                .count();
    }
}
