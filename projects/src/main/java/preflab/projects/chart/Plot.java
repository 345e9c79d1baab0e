package preflab.projects.chart;

import java.util.List;
import java.util.Locale;

/**
 * Lines over a real axis: functions, not what a run logged.
 *
 * @param yLabel
 *            small, at the upper right
 */
public record Plot(String title, String xLabel, String yLabel, List<PlotLine> lines) {

    public Plot {
        lines = List.copyOf(lines);
    }

    /** The points as comma-separated values, one line of the file for each point: line, x, y. */
    public String csv() {
        StringBuilder csv = new StringBuilder("line,x,y\n");
        for (PlotLine line : lines) {
            for (int i = 0; i < line.size(); i++) {
                csv.append('"').append(line.name().replace("\"", "\"\"")).append('"')
                        .append(String.format(Locale.ROOT, ",%s,%s%n", line.x(i), line.y(i)));
            }
        }
        return csv.toString();
    }
}
