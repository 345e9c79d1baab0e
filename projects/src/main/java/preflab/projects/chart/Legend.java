package preflab.projects.chart;

import java.util.ArrayList;
import java.util.List;

/** Names of the lines that have points, in a few rows above the plot; one line alone needs none. */
record Legend(List<Entry> entries, double height) {

    record Entry(String name, int colour, boolean later, double x, double y) {
    }

    static final double FONT = 11.5;
    static final double SWATCH = 14;
    private static final double ROW = 18;
    private static final double GAP = 16;
    private static final double MAX_NAME = 34;
    /** Share of a chart's height that names may take; they have one row in any case. */
    private static final double SHARE = 0.22;
    private static final int MOST_ROWS = 3;
    /** Room for the words that count the lines without an entry. */
    private static final double MORE = 70;
    /** An entry that is no line's. */
    static final int NO_COLOUR = -1;

    static Legend of(Chart chart, double left, double top, double right, double height) {
        List<Entry> entries = new ArrayList<>();
        List<ChartSeries> lines = chart.series().stream().filter(line -> !line.points().isEmpty()).toList();
        if (chart.series().size() < 2 || lines.isEmpty()) {
            return new Legend(List.of(), 0);
        }
        int rows = Math.clamp((int) (SHARE * height / ROW), 1, MOST_ROWS);
        double x = left;
        double y = top;
        for (ChartSeries series : lines) {
            String name = shortened(series.name());
            double width = SWATCH + 5 + textWidth(name, FONT) + GAP;
            boolean lastRow = y - top >= (rows - 1) * ROW;
            if (lastRow && x + width + MORE > right) {
                entries.add(new Entry("+ " + (lines.size() - entries.size()) + " more", NO_COLOUR, false, x, y));
                break;
            }
            if (x + width > right && x > left) {
                x = left;
                y += ROW;
            }
            entries.add(new Entry(name, series.colour(), series.later(), x, y));
            x += width;
        }
        return new Legend(List.copyOf(entries), y - top + ROW);
    }

    private static String shortened(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, (int) MAX_NAME - 1) + "…";
    }

    /** An estimate that is the same for every painter: layouts must not depend on the fonts of a machine. */
    static double textWidth(String text, double size) {
        return 0.56 * size * text.codePointCount(0, text.length());
    }
}
